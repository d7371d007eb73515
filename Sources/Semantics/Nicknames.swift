/// Short and pet forms of English given names.
public enum Nicknames {
    /// The names that a name in small letters may stand for, as numbers, four to a word from the lowest bits up; 0 for a
    /// name in no list.
    public static func groups(of name: String) -> UInt64 { table[name] ?? 0 }

    /// Whether two names may stand for one, by their `groups`.
    @inlinable
    public static func meet(_ left: UInt64, _ right: UInt64) -> Bool {
        var left = left
        while left != 0 {
            let group = left & 0xFFFF
            var other = right
            while other != 0 {
                if other & 0xFFFF == group { return true }
                other >>= 16
            }
            left >>= 16
        }
        return false
    }

    private static let table: [String: UInt64] = {
        var table: [String: UInt64] = [:]
        for (number, line) in lists.split(separator: "\n").enumerated() {
            for name in line.split(separator: " ") {
                let known = table[String(name)] ?? 0
                // Four lists a name: what stands first counts.
                if known >> 48 == 0 { table[String(name)] = known << 16 | UInt64(number + 1) }
            }
        }
        return table
    }()

    // Each line: a name and what it is called for short.
    private static let lists = """
        abigail abby gail abbie
        abraham abe bram
        adelaide addie ada
        albert al bert bertie albie
        alexander alex al alec sandy xander sasha lex
        alexandra alex sandra alexa lexi sasha ali
        alfred alf alfie fred
        alice ali allie
        alison ali allie
        amanda mandy
        andrew andy drew
        angela angie
        anne ann annie nan nancy anna
        anthony tony ant antony
        archibald archie
        arthur art artie
        barbara barb babs barbie
        benjamin ben benny benji
        bernard bernie
        bradley brad
        bridget bridie biddy
        callum cal
        cameron cam
        caroline carrie caro carol
        catherine cathy cath kate katie kitty cat kathy katherine kathryn katharine kath kat
        charles charlie chuck chas chaz
        charlotte charlie lottie lotte char
        christina chris tina chrissy christine kristina
        christopher chris kit topher
        cynthia cindy
        daniel dan danny
        danielle dani
        david dave davy davey
        deborah deb debbie debra
        dennis denny
        dominic dom
        donald don donnie
        dorothy dot dottie dolly
        douglas doug
        edmund ed eddie ned
        edward ed eddie ted teddy ned ward
        eleanor ellie nell nellie nora elle lena
        elizabeth liz lizzie beth betty eliza elsie lisa libby bess betsy liza elisabeth
        ellen ellie nell
        emily em emmy emilie
        emma em emmy
        eugene gene
        evelyn evie eve
        florence flo florrie flossie
        frances fran fanny francie
        francis frank fran
        frederick fred freddie freddy
        gabriel gabe
        gabrielle gabby
        geoffrey geoff jeff jeffrey
        george georgie
        gerald gerry jerry
        gillian gill jill
        grace gracie
        gregory greg
        harold harry hal
        harrison harry
        helen nell
        henry harry hank hal
        imogen immy
        isaac ike zac
        isabel isabella bella izzy belle isabelle
        jacob jake jay
        jacqueline jackie
        james jim jimmy jamie jem
        jane janie jenny
        janet jan
        jason jay
        jennifer jen jenny jenna
        jeremy jerry jem
        jessica jess jessie
        joan joanie
        joanna jo joanne
        john jack johnny jon
        jonathan jon jonny
        joseph joe joey jo
        josephine jo josie
        joshua josh
        judith judy
        julia julie jules
        katrina kat trina
        kenneth ken kenny
        kimberly kim kimberley
        lawrence larry laurie laurence
        leonard len lenny leo
        leslie les
        lillian lily lil
        louis lou louie lewis
        louise lou
        lucy lu lucille
        madeleine maddie maddy madeline
        margaret maggie meg peggy marge margie madge greta daisy
        martha marty
        martin marty
        mary molly polly mamie may
        matilda tilly mattie
        matthew matt matty
        maximilian max
        maxwell max
        megan meg
        melissa mel lissa
        melanie mel
        michael mike mick mickey micky mikey
        michelle shell shelly
        mitchell mitch
        mohammad mohammed muhammad mohamed mohamad muhammed mohd
        natalie nat
        natasha tasha
        nathan nate nat nathaniel
        nicholas nick nicky nico
        nicole nicky nikki
        nigel nige
        oliver ollie olly
        olivia liv livvy
        oscar ossie
        pamela pam
        patricia pat patsy trish tricia patty
        patrick pat paddy
        penelope penny
        peter pete
        philip phil pip phillip
        philippa pippa pip
        priscilla cilla
        rachel rach
        raymond ray
        rebecca becky becca bex
        reginald reg reggie
        richard rick dick rich ricky richie dickie
        robert rob bob bobby robbie bert robin
        roberta bobbie
        roderick rod roddy
        roger rodge
        ronald ron ronnie
        rosemary rose rosie
        russell russ
        samantha sam sammy
        samuel sam sammy
        sandra sandy
        sarah sally sadie sara
        scarlett scar
        sebastian seb bas
        sidney sid sydney
        simon si
        sophia sophie
        stanley stan
        stephanie steph stephie
        stephen steve stevie steven
        stuart stu stewart
        susan sue suzy susie suzanne
        sylvia sylvie
        terence terry
        theodore theo ted teddy
        theresa tess terry tessa teresa
        thomas tom tommy
        timothy tim timmy
        tobias toby
        valerie val
        veronica ronnie
        victor vic
        victoria vicky tori vicki
        vincent vince vinny
        virginia ginny
        vivian viv
        walter walt wally
        wilfred wilf
        william will bill billy willy liam willie
        winifred winnie
        zachary zach zac zack
        """
}
