extension Country {
    /// ISO 3166-1 (Debian iso-codes 4.15): alpha-2, alpha-3 and number, and names apart by bars: English, official,
    /// Persian, Chinese (Simplified and Traditional), German, French and Spanish (Unicode CLDR), and further ones in use.
    static let table = """
        AD AND 020 Andorra|Principality of Andorra|آندورا|安道尔|安道爾|Andorre
        AE ARE 784 United Arab Emirates|امارات متحدهٔ عربی|阿拉伯联合酋长国|阿拉伯聯合大公國|Vereinigte Arabische Emirate|Émirats arabes unis|Emiratos Árabes Unidos|UAE|U.A.E.|Emirates|امارات|امارات متحده عربی|阿联酋
        AF AFG 004 Afghanistan|Islamic Republic of Afghanistan|افغانستان|阿富汗|Afganistán
        AG ATG 028 Antigua & Barbuda|Antigua and Barbuda|آنتیگوا و باربودا|安提瓜和巴布达|安地卡及巴布達|Antigua und Barbuda|Antigua-et-Barbuda|Antigua y Barbuda
        AI AIA 660 Anguilla|آنگویلا|安圭拉|安奎拉|Anguila
        AL ALB 008 Albania|Republic of Albania|آلبانی|阿尔巴尼亚|阿爾巴尼亞|Albanien|Albanie
        AM ARM 051 Armenia|Republic of Armenia|ارمنستان|亚美尼亚|亞美尼亞|Armenien|Arménie
        AO AGO 024 Angola|Republic of Angola|آنگولا|安哥拉
        AQ ATA 010 Antarctica|جنوبگان|南极洲|南極洲|Antarktis|Antarctique|Antártida
        AR ARG 032 Argentina|Argentine Republic|آرژانتین|阿根廷|Argentinien|Argentine
        AS ASM 016 American Samoa|ساموآی امریکا|美属萨摩亚|美屬薩摩亞|Amerikanisch-Samoa|Samoa américaines|Samoa Americana
        AT AUT 040 Austria|Republic of Austria|اتریش|奥地利|奧地利|Österreich|Autriche|Oesterreich
        AU AUS 036 Australia|استرالیا|澳大利亚|澳洲|Australien|Australie
        AW ABW 533 Aruba|آروبا|阿鲁巴|荷屬阿魯巴
        AX ALA 248 Åland Islands|جزایر آلاند|奥兰群岛|奧蘭群島|Ålandinseln|Îles Åland|Islas Aland
        AZ AZE 031 Azerbaijan|Republic of Azerbaijan|جمهوری آذربایجان|阿塞拜疆|亞塞拜然|Aserbaidschan|Azerbaïdjan|Azerbaiyán
        BA BIH 070 Bosnia & Herzegovina|Bosnia and Herzegovina|Republic of Bosnia and Herzegovina|بوسنی و هرزگوین|波斯尼亚和黑塞哥维那|波士尼亞與赫塞哥維納|Bosnien und Herzegowina|Bosnie-Herzégovine|Bosnia y Herzegovina|Bosnia|Bosnia-Herzegovina
        BB BRB 052 Barbados|باربادوس|巴巴多斯|巴貝多|Barbade
        BD BGD 050 Bangladesh|People's Republic of Bangladesh|بنگلادش|孟加拉国|孟加拉|Bangladesch|Bangladés
        BE BEL 056 Belgium|Kingdom of Belgium|بلژیک|比利时|比利時|Belgien|Belgique|Bélgica
        BF BFA 854 Burkina Faso|بورکینافاسو|布基纳法索|布吉納法索
        BG BGR 100 Bulgaria|Republic of Bulgaria|بلغارستان|保加利亚|保加利亞|Bulgarien|Bulgarie
        BH BHR 048 Bahrain|Kingdom of Bahrain|بحرین|巴林|Bahreïn|Baréin
        BI BDI 108 Burundi|Republic of Burundi|بوروندی|布隆迪|蒲隆地
        BJ BEN 204 Benin|Republic of Benin|بنین|贝宁|貝南|Bénin|Benín
        BL BLM 652 St. Barthélemy|Saint Barthélemy|سن بارتلمی|圣巴泰勒米|聖巴瑟米|Saint-Barthélemy|San Bartolomé
        BM BMU 060 Bermuda|برمودا|百慕大|百慕達|Bermudes|Bermudas
        BN BRN 096 Brunei|Brunei Darussalam|برونئی|文莱|汶萊|Brunéi
        BO BOL 068 Bolivia|Bolivia, Plurinational State of|Plurinational State of Bolivia|بولیوی|玻利维亚|玻利維亞|Bolivien|Bolivie
        BQ BES 535 Caribbean Netherlands|Bonaire, Sint Eustatius and Saba|جزایر کارائیب هلند|荷属加勒比区|荷蘭加勒比區|Karibische Niederlande|Pays-Bas caribéens|Caribe neerlandés
        BR BRA 076 Brazil|Federative Republic of Brazil|برزیل|巴西|Brasilien|Brésil|Brasil
        BS BHS 044 Bahamas|Commonwealth of the Bahamas|باهاما|巴哈马|巴哈馬|The Bahamas
        BT BTN 064 Bhutan|Kingdom of Bhutan|بوتان|不丹|Bhoutan|Bután
        BV BVT 074 Bouvet Island|جزیرهٔ بووه|布韦岛|布威島|Bouvetinsel|Île Bouvet|Isla Bouvet
        BW BWA 072 Botswana|Republic of Botswana|بوتسوانا|博茨瓦纳|波札那|Botsuana
        BY BLR 112 Belarus|Republic of Belarus|بلاروس|白俄罗斯|白俄羅斯|Biélorussie|Bielorrusia
        BZ BLZ 084 Belize|بلیز|伯利兹|貝里斯|Belice
        CA CAN 124 Canada|کانادا|加拿大|Kanada|Canadá
        CC CCK 166 Cocos (Keeling) Islands|جزایر کوکوس|科科斯（基林）群岛|科克斯（基靈）群島|Kokosinseln|Îles Cocos|Islas Cocos
        CD COD 180 Congo - Kinshasa|Congo, The Democratic Republic of the|کنگو - کینشاسا|刚果（金）|剛果（金夏沙）|Kongo-Kinshasa|Congo-Kinshasa|República Democrática del Congo|DR Congo|DRC
        CF CAF 140 Central African Republic|جمهوری افریقای مرکزی|中非共和国|中非共和國|Zentralafrikanische Republik|République centrafricaine|República Centroafricana
        CG COG 178 Congo - Brazzaville|Congo|Republic of the Congo|کنگو - برازویل|刚果（布）|剛果（布拉薩）|Kongo-Brazzaville|Congo-Brazzaville
        CH CHE 756 Switzerland|Swiss Confederation|سوئیس|瑞士|Schweiz|Suisse|Suiza|Svizzera
        CI CIV 384 Côte d’Ivoire|Côte d'Ivoire|Republic of Côte d'Ivoire|ساحل عاج|科特迪瓦|象牙海岸|Ivory Coast|Cote d'Ivoire
        CK COK 184 Cook Islands|جزایر کوک|库克群岛|庫克群島|Cookinseln|Îles Cook|Islas Cook
        CL CHL 152 Chile|Republic of Chile|شیلی|智利|Chili
        CM CMR 120 Cameroon|Republic of Cameroon|کامرون|喀麦隆|喀麥隆|Kamerun|Cameroun|Camerún
        CN CHN 156 China mainland|China|People's Republic of China|چین|中国大陆|中國大陸|China, Festland|Chine continentale|China continental|中国|PRC|P.R. China|P.R.China|PR China|Mainland China|中國|中华人民共和国
        CO COL 170 Colombia|Republic of Colombia|کلمبیا|哥伦比亚|哥倫比亞|Kolumbien|Colombie
        CR CRI 188 Costa Rica|Republic of Costa Rica|کاستاریکا|哥斯达黎加|哥斯大黎加
        CU CUB 192 Cuba|Republic of Cuba|کوبا|古巴|Kuba
        CV CPV 132 Cape Verde|Cabo Verde|Republic of Cabo Verde|کیپ‌ورد|佛得角|維德角|Cap-Vert
        CW CUW 531 Curaçao|کوراسائو|库拉索|庫拉索|Curazao
        CX CXR 162 Christmas Island|جزیرهٔ کریسمس|圣诞岛|聖誕島|Weihnachtsinsel|Île Christmas|Isla de Navidad
        CY CYP 196 Cyprus|Republic of Cyprus|قبرس|塞浦路斯|賽普勒斯|Zypern|Chypre|Chipre
        CZ CZE 203 Czechia|Czech Republic|چک|捷克|Tschechien|Tchéquie|Chequia|جمهوری چک
        DE DEU 276 Germany|Federal Republic of Germany|آلمان|德国|德國|Deutschland|Allemagne|Alemania|FRG
        DJ DJI 262 Djibouti|Republic of Djibouti|جیبوتی|吉布提|吉布地|Dschibuti|Yibuti
        DK DNK 208 Denmark|Kingdom of Denmark|دانمارک|丹麦|丹麥|Dänemark|Danemark|Dinamarca|Danmark
        DM DMA 212 Dominica|Commonwealth of Dominica|دومینیکا|多米尼克|Dominique
        DO DOM 214 Dominican Republic|جمهوری دومینیکن|多米尼加共和国|多明尼加共和國|Dominikanische Republik|République dominicaine|República Dominicana
        DZ DZA 012 Algeria|People's Democratic Republic of Algeria|الجزایر|阿尔及利亚|阿爾及利亞|Algerien|Algérie|Argelia
        EC ECU 218 Ecuador|Republic of Ecuador|اکوادور|厄瓜多尔|厄瓜多|Équateur
        EE EST 233 Estonia|Republic of Estonia|استونی|爱沙尼亚|愛沙尼亞|Estland|Estonie
        EG EGY 818 Egypt|Arab Republic of Egypt|مصر|埃及|Ägypten|Égypte|Egipto
        EH ESH 732 Western Sahara|صحرای غربی|西撒哈拉|Westsahara|Sahara occidental|Sáhara Occidental
        ER ERI 232 Eritrea|the State of Eritrea|اریتره|厄立特里亚|厄利垂亞|Érythrée
        ES ESP 724 Spain|Kingdom of Spain|اسپانیا|西班牙|Spanien|Espagne|España|Espana
        ET ETH 231 Ethiopia|Federal Democratic Republic of Ethiopia|اتیوپی|埃塞俄比亚|衣索比亞|Äthiopien|Éthiopie|Etiopía
        FI FIN 246 Finland|Republic of Finland|فنلاند|芬兰|芬蘭|Finnland|Finlande|Finlandia|Suomi
        FJ FJI 242 Fiji|Republic of Fiji|فیجی|斐济|斐濟|Fidschi|Fidji|Fiyi
        FK FLK 238 Falkland Islands|Falkland Islands (Malvinas)|جزایر فالکلند|福克兰群岛|福克蘭群島|Falklandinseln|Îles Malouines|Islas Malvinas
        FM FSM 583 Micronesia|Micronesia, Federated States of|Federated States of Micronesia|میکرونزی|密克罗尼西亚|密克羅尼西亞|Mikronesien|Micronésie
        FO FRO 234 Faroe Islands|جزایر فارو|法罗群岛|法羅群島|Färöer|Îles Féroé|Islas Feroe
        FR FRA 250 France|French Republic|فرانسه|法国|法國|Frankreich|Francia
        GA GAB 266 Gabon|Gabonese Republic|گابن|加蓬|加彭|Gabun|Gabón
        GB GBR 826 United Kingdom|United Kingdom of Great Britain and Northern Ireland|بریتانیا|英国|英國|Vereinigtes Königreich|Royaume-Uni|Reino Unido|UK|U.K.|Great Britain|Britain|England|Scotland|Wales|Northern Ireland|انگلستان|انگلیس|英格兰
        GD GRD 308 Grenada|گرنادا|格林纳达|格瑞那達|Grenade|Granada
        GE GEO 268 Georgia|گرجستان|格鲁吉亚|喬治亞|Georgien|Géorgie
        GF GUF 254 French Guiana|گویان فرانسه|法属圭亚那|法屬圭亞那|Französisch-Guayana|Guyane française|Guayana Francesa
        GG GGY 831 Guernsey|گرنزی|根西岛|根息|Guernesey
        GH GHA 288 Ghana|Republic of Ghana|غنا|加纳|迦納
        GI GIB 292 Gibraltar|جبل‌الطارق|直布罗陀|直布羅陀
        GL GRL 304 Greenland|گرینلند|格陵兰|格陵蘭|Grönland|Groenland|Groenlandia
        GM GMB 270 Gambia|Republic of the Gambia|گامبیا|冈比亚|甘比亞|Gambie|The Gambia
        GN GIN 324 Guinea|Republic of Guinea|گینه|几内亚|幾內亞|Guinée
        GP GLP 312 Guadeloupe|گوادلوپ|瓜德罗普|瓜地洛普|Guadalupe
        GQ GNQ 226 Equatorial Guinea|Republic of Equatorial Guinea|گینهٔ استوایی|赤道几内亚|赤道幾內亞|Äquatorialguinea|Guinée équatoriale|Guinea Ecuatorial
        GR GRC 300 Greece|Hellenic Republic|یونان|希腊|希臘|Griechenland|Grèce|Grecia|Hellas
        GS SGS 239 So. Georgia & So. Sandwich Isl.|South Georgia and the South Sandwich Islands|جورجیای جنوبی و جزایر ساندویچ جنوبی|南乔治亚和南桑威奇群岛|南喬治亞與南三明治群島|Südgeorgien und die Südlichen Sandwichinseln|Géorgie du Sud-et-les Îles Sandwich du Sud|Islas Georgia del Sur y Sandwich del Sur
        GT GTM 320 Guatemala|Republic of Guatemala|گواتمالا|危地马拉|瓜地馬拉
        GU GUM 316 Guam|گوام|关岛|關島
        GW GNB 624 Guinea-Bissau|Republic of Guinea-Bissau|گینهٔ بیسائو|几内亚比绍|幾內亞比索|Guinée-Bissau|Guinea-Bisáu
        GY GUY 328 Guyana|Republic of Guyana|گویان|圭亚那|蓋亞那
        HK HKG 344 Hong Kong|Hong Kong Special Administrative Region of China|هنگ‌کنگ|香港|Hongkong|هنگ کنگ
        HM HMD 334 Heard & McDonald Islands|Heard Island and McDonald Islands|هرد و جزایر مک‌دونالد|赫德岛和麦克唐纳群岛|赫德島及麥唐納群島|Heard und McDonaldinseln|Îles Heard-et-MacDonald|Islas Heard y McDonald
        HN HND 340 Honduras|Republic of Honduras|هندوراس|洪都拉斯|宏都拉斯
        HR HRV 191 Croatia|Republic of Croatia|کرواسی|克罗地亚|克羅埃西亞|Kroatien|Croatie|Croacia
        HT HTI 332 Haiti|Republic of Haiti|هائیتی|海地|Haïti|Haití
        HU HUN 348 Hungary|مجارستان|匈牙利|Ungarn|Hongrie|Hungría|Magyarország
        ID IDN 360 Indonesia|Republic of Indonesia|اندونزی|印度尼西亚|印尼|Indonesien|Indonésie
        IE IRL 372 Ireland|ایرلند|爱尔兰|愛爾蘭|Irland|Irlande|Irlanda|Éire|Republic of Ireland|Eire
        IL ISR 376 Israel|State of Israel|اسرائیل|以色列|Israël
        IM IMN 833 Isle of Man|جزیرهٔ من|马恩岛|曼島|Île de Man|Isla de Man
        IN IND 356 India|Republic of India|هند|印度|Indien|Inde|Bharat|هندوستان
        IO IOT 086 Chagos Archipelago|British Indian Ocean Territory|قلمرو بریتانیا در اقیانوس هند|查戈斯群岛|查戈斯群島|Chagos-Archipel|Archipel des Chagos|Archipiélago de Chagos
        IQ IRQ 368 Iraq|Republic of Iraq|عراق|伊拉克|Irak
        IR IRN 364 Iran|Iran, Islamic Republic of|Islamic Republic of Iran|ایران|伊朗|Irán|Persia|جمهوری اسلامی ایران|伊朗伊斯兰共和国|I.R. Iran
        IS ISL 352 Iceland|Republic of Iceland|ایسلند|冰岛|冰島|Island|Islande|Islandia
        IT ITA 380 Italy|Italian Republic|ایتالیا|意大利|義大利|Italien|Italie|Italia
        JE JEY 832 Jersey|جرزی|泽西岛|澤西島
        JM JAM 388 Jamaica|جامائیکا|牙买加|牙買加|Jamaika|Jamaïque
        JO JOR 400 Jordan|Hashemite Kingdom of Jordan|اردن|约旦|約旦|Jordanien|Jordanie|Jordania
        JP JPN 392 Japan|ژاپن|日本|Japon|Japón|Nippon|日本国
        KE KEN 404 Kenya|Republic of Kenya|کنیا|肯尼亚|肯亞|Kenia
        KG KGZ 417 Kyrgyzstan|Kyrgyz Republic|قرقیزستان|吉尔吉斯斯坦|吉爾吉斯|Kirgisistan|Kirghizstan|Kirguistán
        KH KHM 116 Cambodia|Kingdom of Cambodia|کامبوج|柬埔寨|Kambodscha|Cambodge|Camboya
        KI KIR 296 Kiribati|Republic of Kiribati|کیریباتی|基里巴斯|吉里巴斯
        KM COM 174 Comoros|Union of the Comoros|کومور|科摩罗|葛摩|Komoren|Comores|Comoras
        KN KNA 659 St. Kitts & Nevis|Saint Kitts and Nevis|سنت کیتس و نویس|圣基茨和尼维斯|聖克里斯多福及尼維斯|St. Kitts und Nevis|Saint-Christophe-et-Niévès|San Cristóbal y Nieves
        KP PRK 408 North Korea|Korea, Democratic People's Republic of|Democratic People's Republic of Korea|کرهٔ شمالی|朝鲜|北韓|Nordkorea|Corée du Nord|Corea del Norte|DPRK|کره شمالی|北韩
        KR KOR 410 South Korea|Korea, Republic of|کرهٔ جنوبی|韩国|南韓|Südkorea|Corée du Sud|Corea del Sur|Korea|Republic of Korea|Korea (South)|کره جنوبی|南韩
        KW KWT 414 Kuwait|State of Kuwait|کویت|科威特|Koweït
        KY CYM 136 Cayman Islands|جزایر کِیمن|开曼群岛|開曼群島|Kaimaninseln|Îles Caïmans|Islas Caimán
        KZ KAZ 398 Kazakhstan|Republic of Kazakhstan|قزاقستان|哈萨克斯坦|哈薩克|Kasachstan|Kazajistán
        LA LAO 418 Laos|Lao People's Democratic Republic|لائوس|老挝|寮國
        LB LBN 422 Lebanon|Lebanese Republic|لبنان|黎巴嫩|Libanon|Liban|Líbano
        LC LCA 662 St. Lucia|Saint Lucia|سنت لوسیا|圣卢西亚|聖露西亞|Sainte-Lucie|Santa Lucía
        LI LIE 438 Liechtenstein|Principality of Liechtenstein|لیختن‌اشتاین|列支敦士登|列支敦斯登
        LK LKA 144 Sri Lanka|Democratic Socialist Republic of Sri Lanka|سری‌لانکا|斯里兰卡|斯里蘭卡|سریلانکا
        LR LBR 430 Liberia|Republic of Liberia|لیبریا|利比里亚|賴比瑞亞
        LS LSO 426 Lesotho|Kingdom of Lesotho|لسوتو|莱索托|賴索托|Lesoto
        LT LTU 440 Lithuania|Republic of Lithuania|لیتوانی|立陶宛|Litauen|Lituanie|Lituania
        LU LUX 442 Luxembourg|Grand Duchy of Luxembourg|لوکزامبورگ|卢森堡|盧森堡|Luxemburg|Luxemburgo
        LV LVA 428 Latvia|Republic of Latvia|لتونی|拉脱维亚|拉脫維亞|Lettland|Lettonie|Letonia
        LY LBY 434 Libya|لیبی|利比亚|利比亞|Libyen|Libye|Libia
        MA MAR 504 Morocco|Kingdom of Morocco|مراکش|摩洛哥|Marokko|Maroc|Marruecos
        MC MCO 492 Monaco|Principality of Monaco|موناکو|摩纳哥|摩納哥|Mónaco
        MD MDA 498 Moldova|Moldova, Republic of|Republic of Moldova|مولداوی|摩尔多瓦|摩爾多瓦|Republik Moldau|Moldavie|Moldavia
        ME MNE 499 Montenegro|مونته‌نگرو|黑山|蒙特內哥羅|Monténégro
        MF MAF 663 St. Martin|Saint Martin (French part)|سنت مارتین|法属圣马丁|法屬聖馬丁|Saint-Martin|San Martín
        MG MDG 450 Madagascar|Republic of Madagascar|ماداگاسکار|马达加斯加|馬達加斯加|Madagaskar
        MH MHL 584 Marshall Islands|Republic of the Marshall Islands|جزایر مارشال|马绍尔群岛|馬紹爾群島|Marshallinseln|Îles Marshall|Islas Marshall
        MK MKD 807 North Macedonia|Republic of North Macedonia|مقدونیهٔ شمالی|北马其顿|北馬其頓|Nordmazedonien|Macédoine du Nord|Macedonia del Norte|Macedonia
        ML MLI 466 Mali|Republic of Mali|مالی|马里|馬利
        MM MMR 104 Myanmar (Burma)|Myanmar|Republic of Myanmar|میانمار (برمه)|缅甸|緬甸|Myanmar (Birmanie)|Myanmar (Birmania)|Burma
        MN MNG 496 Mongolia|مغولستان|蒙古|Mongolei|Mongolie
        MO MAC 446 Macao|Macao Special Administrative Region of China|ماکائو|澳门|澳門|Macau
        MP MNP 580 Northern Mariana Islands|Commonwealth of the Northern Mariana Islands|جزایر ماریانای شمالی|北马里亚纳群岛|北馬利安納群島|Nördliche Marianen|Îles Mariannes du Nord|Islas Marianas del Norte
        MQ MTQ 474 Martinique|مارتینیک|马提尼克|馬丁尼克|Martinica
        MR MRT 478 Mauritania|Islamic Republic of Mauritania|موریتانی|毛里塔尼亚|茅利塔尼亞|Mauretanien|Mauritanie
        MS MSR 500 Montserrat|مونت‌سرات|蒙特塞拉特|蒙哲臘
        MT MLT 470 Malta|Republic of Malta|مالت|马耳他|馬爾他|Malte
        MU MUS 480 Mauritius|Republic of Mauritius|موریس|毛里求斯|模里西斯|Maurice|Mauricio
        MV MDV 462 Maldives|Republic of Maldives|مالدیو|马尔代夫|馬爾地夫|Malediven|Maldivas
        MW MWI 454 Malawi|Republic of Malawi|مالاوی|马拉维|馬拉威|Malaui
        MX MEX 484 Mexico|United Mexican States|مکزیک|墨西哥|Mexiko|Mexique|México
        MY MYS 458 Malaysia|مالزی|马来西亚|馬來西亞|Malaisie|Malasia
        MZ MOZ 508 Mozambique|Republic of Mozambique|موزامبیک|莫桑比克|莫三比克|Mosambik
        NA NAM 516 Namibia|Republic of Namibia|نامیبیا|纳米比亚|納米比亞|Namibie
        NC NCL 540 New Caledonia|کالدونیای جدید|新喀里多尼亚|新喀里多尼亞|Neukaledonien|Nouvelle-Calédonie|Nueva Caledonia
        NE NER 562 Niger|Republic of the Niger|نیجر|尼日尔|尼日|Níger
        NF NFK 574 Norfolk Island|جزیرهٔ نورفولک|诺福克岛|諾福克島|Norfolkinsel|Île Norfolk|Isla Norfolk
        NG NGA 566 Nigeria|Federal Republic of Nigeria|نیجریه|尼日利亚|奈及利亞
        NI NIC 558 Nicaragua|Republic of Nicaragua|نیکاراگوئه|尼加拉瓜
        NL NLD 528 Netherlands|Kingdom of the Netherlands|هلند|荷兰|荷蘭|Niederlande|Pays-Bas|Países Bajos|Holland|The Netherlands
        NO NOR 578 Norway|Kingdom of Norway|نروژ|挪威|Norwegen|Norvège|Noruega|Norge
        NP NPL 524 Nepal|Federal Democratic Republic of Nepal|نپال|尼泊尔|尼泊爾|Népal
        NR NRU 520 Nauru|Republic of Nauru|نائورو|瑙鲁|諾魯
        NU NIU 570 Niue|نیوئه|纽埃|紐埃島
        NZ NZL 554 New Zealand|نیوزیلند|新西兰|紐西蘭|Neuseeland|Nouvelle-Zélande|Nueva Zelanda
        OM OMN 512 Oman|Sultanate of Oman|عمان|阿曼|Omán
        PA PAN 591 Panama|Republic of Panama|پاناما|巴拿马|巴拿馬|Panamá
        PE PER 604 Peru|Republic of Peru|پرو|秘鲁|秘魯|Pérou|Perú
        PF PYF 258 French Polynesia|پلی‌نزی فرانسه|法属波利尼西亚|法屬玻里尼西亞|Französisch-Polynesien|Polynésie française|Polinesia Francesa
        PG PNG 598 Papua New Guinea|Independent State of Papua New Guinea|پاپوا گینهٔ نو|巴布亚新几内亚|巴布亞紐幾內亞|Papua-Neuguinea|Papouasie-Nouvelle-Guinée|Papúa Nueva Guinea
        PH PHL 608 Philippines|Republic of the Philippines|فیلیپین|菲律宾|菲律賓|Philippinen|Filipinas|The Philippines
        PK PAK 586 Pakistan|Islamic Republic of Pakistan|پاکستان|巴基斯坦|Pakistán
        PL POL 616 Poland|Republic of Poland|لهستان|波兰|波蘭|Polen|Pologne|Polonia|Polska
        PM SPM 666 St. Pierre & Miquelon|Saint Pierre and Miquelon|سن پیر و میکلن|圣皮埃尔和密克隆群岛|聖皮埃與密克隆群島|St. Pierre und Miquelon|Saint-Pierre-et-Miquelon|San Pedro y Miquelón
        PN PCN 612 Pitcairn Islands|Pitcairn|جزایر پیت‌کرن|皮特凯恩群岛|皮特肯群島|Pitcairninseln|Îles Pitcairn|Islas Pitcairn
        PR PRI 630 Puerto Rico|پورتوریکو|波多黎各|Porto Rico
        PS PSE 275 Palestinian Territories|Palestine, State of|the State of Palestine|سرزمین‌های فلسطینی|巴勒斯坦领土|巴勒斯坦自治區|Palästinensische Autonomiegebiete|Territoires palestiniens|Territorios Palestinos|Palestine
        PT PRT 620 Portugal|Portuguese Republic|پرتغال|葡萄牙
        PW PLW 585 Palau|Republic of Palau|پالائو|帕劳|帛琉|Palaos
        PY PRY 600 Paraguay|Republic of Paraguay|پاراگوئه|巴拉圭
        QA QAT 634 Qatar|State of Qatar|قطر|卡塔尔|卡達|Katar|Catar
        RE REU 638 Réunion|رئونیون|留尼汪|留尼旺|La Réunion|Reunión
        RO ROU 642 Romania|رومانی|罗马尼亚|羅馬尼亞|Rumänien|Roumanie|Rumanía
        RS SRB 688 Serbia|Republic of Serbia|صربستان|塞尔维亚|塞爾維亞|Serbien|Serbie
        RU RUS 643 Russia|Russian Federation|روسیه|俄罗斯|俄羅斯|Russland|Russie|Rusia|俄国|俄罗斯联邦
        RW RWA 646 Rwanda|Rwandese Republic|رواندا|卢旺达|盧安達|Ruanda
        SA SAU 682 Saudi Arabia|Kingdom of Saudi Arabia|عربستان سعودی|沙特阿拉伯|沙烏地阿拉伯|Saudi-Arabien|Arabie saoudite|Arabia Saudí|KSA|عربستان
        SB SLB 090 Solomon Islands|جزایر سلیمان|所罗门群岛|索羅門群島|Salomonen|Îles Salomon|Islas Salomón
        SC SYC 690 Seychelles|Republic of Seychelles|سیشل|塞舌尔|塞席爾|Seychellen
        SD SDN 729 Sudan|Republic of the Sudan|سودان|苏丹|蘇丹|Soudan|Sudán
        SE SWE 752 Sweden|Kingdom of Sweden|سوئد|瑞典|Schweden|Suède|Suecia|Sverige
        SG SGP 702 Singapore|Republic of Singapore|سنگاپور|新加坡|Singapur|Singapour
        SH SHN 654 St. Helena|Saint Helena, Ascension and Tristan da Cunha|سنت هلن|圣赫勒拿|聖赫勒拿島|Sainte-Hélène|Santa Elena
        SI SVN 705 Slovenia|Republic of Slovenia|اسلوونی|斯洛文尼亚|斯洛維尼亞|Slowenien|Slovénie|Eslovenia
        SJ SJM 744 Svalbard & Jan Mayen|Svalbard and Jan Mayen|سوالبارد و یان ماین|斯瓦尔巴和扬马延|挪威屬斯瓦巴及尖棉|Spitzbergen und Jan Mayen|Svalbard et Jan Mayen|Svalbard y Jan Mayen
        SK SVK 703 Slovakia|Slovak Republic|اسلواکی|斯洛伐克|Slowakei|Slovaquie|Eslovaquia
        SL SLE 694 Sierra Leone|Republic of Sierra Leone|سیرالئون|塞拉利昂|獅子山共和國|Sierra Leona
        SM SMR 674 San Marino|Republic of San Marino|سان‌مارینو|圣马力诺|聖馬利諾|Saint-Marin
        SN SEN 686 Senegal|Republic of Senegal|سنگال|塞内加尔|塞內加爾|Sénégal
        SO SOM 706 Somalia|Federal Republic of Somalia|سومالی|索马里|索馬利亞|Somalie
        SR SUR 740 Suriname|Republic of Suriname|سورینام|苏里南|蘇利南|Surinam
        SS SSD 728 South Sudan|Republic of South Sudan|سودان جنوبی|南苏丹|南蘇丹|Südsudan|Soudan du Sud|Sudán del Sur
        ST STP 678 São Tomé & Príncipe|Sao Tome and Principe|Democratic Republic of Sao Tome and Principe|سائوتومه و پرینسیپ|圣多美和普林西比|聖多美普林西比|São Tomé und Príncipe|Sao Tomé-et-Principe|Santo Tomé y Príncipe
        SV SLV 222 El Salvador|Republic of El Salvador|السالوادور|萨尔瓦多|薩爾瓦多|Salvador
        SX SXM 534 Sint Maarten|Sint Maarten (Dutch part)|سنت مارتن|荷属圣马丁|荷屬聖馬丁|Saint-Martin (partie néerlandaise)
        SY SYR 760 Syria|Syrian Arab Republic|سوریه|叙利亚|敘利亞|Syrien|Syrie|Siria
        SZ SWZ 748 Eswatini|Kingdom of Eswatini|اسواتینی|斯威士兰|史瓦帝尼|Esuatini|Swaziland
        TC TCA 796 Turks & Caicos Islands|Turks and Caicos Islands|جزایر تورکس و کایکوس|特克斯和凯科斯群岛|土克斯及開科斯群島|Turks- und Caicosinseln|Îles Turques-et-Caïques|Islas Turcas y Caicos
        TD TCD 148 Chad|Republic of Chad|چاد|乍得|查德|Tschad|Tchad
        TF ATF 260 French Southern Territories|سرزمین‌های جنوبی فرانسه|法属南部领地|法屬南部屬地|Französische Süd- und Antarktisgebiete|Terres australes françaises|Territorios Australes Franceses
        TG TGO 768 Togo|Togolese Republic|توگو|多哥
        TH THA 764 Thailand|Kingdom of Thailand|تایلند|泰国|泰國|Thaïlande|Tailandia
        TJ TJK 762 Tajikistan|Republic of Tajikistan|تاجیکستان|塔吉克斯坦|塔吉克|Tadschikistan|Tadjikistan|Tayikistán
        TK TKL 772 Tokelau|توکلائو|托克劳|托克勞群島
        TL TLS 626 Timor-Leste|Democratic Republic of Timor-Leste|تیمور-لسته|东帝汶|東帝汶|Timor oriental|Timor Oriental|East Timor
        TM TKM 795 Turkmenistan|ترکمنستان|土库曼斯坦|土庫曼|Turkménistan|Turkmenistán
        TN TUN 788 Tunisia|Republic of Tunisia|تونس|突尼斯|突尼西亞|Tunesien|Tunisie|Túnez
        TO TON 776 Tonga|Kingdom of Tonga|تونگا|汤加|東加
        TR TUR 792 Türkiye|Republic of Türkiye|ترکیه|土耳其|Türkei|Turquie|Turquía|Turkey|Turkiye
        TT TTO 780 Trinidad & Tobago|Trinidad and Tobago|Republic of Trinidad and Tobago|ترینیداد و توباگو|特立尼达和多巴哥|千里達及托巴哥|Trinidad und Tobago|Trinité-et-Tobago|Trinidad y Tobago
        TV TUV 798 Tuvalu|تووالو|图瓦卢|吐瓦魯
        TW TWN 158 Taiwan|Taiwan, Province of China|تایوان|台湾|台灣|Taïwan|Taiwán|R.O.C.|臺灣
        TZ TZA 834 Tanzania|Tanzania, United Republic of|United Republic of Tanzania|تانزانیا|坦桑尼亚|坦尚尼亞|Tansania|Tanzanie
        UA UKR 804 Ukraine|اوکراین|乌克兰|烏克蘭|Ucrania
        UG UGA 800 Uganda|Republic of Uganda|اوگاندا|乌干达|烏干達|Ouganda
        UM UMI 581 U.S. Outlying Islands|United States Minor Outlying Islands|جزایر دورافتادهٔ ایالات متحده|美国本土外小岛屿|美國本土外小島嶼|Amerikanische Überseeinseln|Îles mineures éloignées des É.-U.|Islas menores alejadas de EE. UU.
        US USA 840 United States|United States of America|ایالات متحده|美国|美國|Vereinigte Staaten|États-Unis|Estados Unidos|USA|U.S.A.|U.S.|America|The United States|ایالات متحده آمریکا|امریکا|آمریکا|美利坚合众国
        UY URY 858 Uruguay|Eastern Republic of Uruguay|اروگوئه|乌拉圭|烏拉圭
        UZ UZB 860 Uzbekistan|Republic of Uzbekistan|ازبکستان|乌兹别克斯坦|烏茲別克|Usbekistan|Ouzbékistan|Uzbekistán
        VA VAT 336 Vatican City|Holy See (Vatican City State)|واتیکان|梵蒂冈|梵蒂岡|Vatikanstadt|État de la Cité du Vatican|Ciudad del Vaticano|Vatican|Holy See
        VC VCT 670 St. Vincent & Grenadines|Saint Vincent and the Grenadines|سنت وینسنت و گرنادین|圣文森特和格林纳丁斯|聖文森及格瑞那丁|St. Vincent und die Grenadinen|Saint-Vincent-et-les Grenadines|San Vicente y las Granadinas
        VE VEN 862 Venezuela|Venezuela, Bolivarian Republic of|Bolivarian Republic of Venezuela|ونزوئلا|委内瑞拉|委內瑞拉
        VG VGB 092 British Virgin Islands|Virgin Islands, British|جزایر ویرجین بریتانیا|英属维尔京群岛|英屬維京群島|Britische Jungferninseln|Îles Vierges britanniques|Islas Vírgenes Británicas
        VI VIR 850 U.S. Virgin Islands|Virgin Islands, U.S.|Virgin Islands of the United States|جزایر ویرجین ایالات متحده|美属维尔京群岛|美屬維京群島|Amerikanische Jungferninseln|Îles Vierges des États-Unis|Islas Vírgenes de EE. UU.
        VN VNM 704 Vietnam|Viet Nam|Socialist Republic of Viet Nam|ویتنام|越南|Viêt Nam
        VU VUT 548 Vanuatu|Republic of Vanuatu|وانواتو|瓦努阿图|萬那杜
        WF WLF 876 Wallis & Futuna|Wallis and Futuna|والیس و فوتونا|瓦利斯和富图纳|瓦利斯群島和富圖那群島|Wallis und Futuna|Wallis-et-Futuna|Wallis y Futuna
        WS WSM 882 Samoa|Independent State of Samoa|ساموآ|萨摩亚|薩摩亞
        YE YEM 887 Yemen|Republic of Yemen|یمن|也门|葉門|Jemen|Yémen
        YT MYT 175 Mayotte|مایوت|马约特|馬約特島
        ZA ZAF 710 South Africa|Republic of South Africa|افریقای جنوبی|南非|Südafrika|Afrique du Sud|Sudáfrica
        ZM ZMB 894 Zambia|Republic of Zambia|زامبیا|赞比亚|尚比亞|Sambia|Zambie
        ZW ZWE 716 Zimbabwe|Republic of Zimbabwe|زیمبابوه|津巴布韦|辛巴威|Simbabwe|Zimbabue
        """
}
