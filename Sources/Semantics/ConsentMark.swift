/// What a cell says about consent.
public enum ConsentMark {
    /// Whether a cell says yes or no, in English, Persian or Chinese; nil when it says neither. Case, spaces, hyphens and
    /// underscores do not matter.
    public static func parse(_ cell: String) -> Bool? {
        let key = HeaderKey(cell).joined
        if yes.contains(key) { return true }
        return no.contains(key) ? false : nil
    }

    private static let yes = words(
        "yes,y,true,t,1,granted,given,opt in,opted in,in,subscribed,accepted,agreed,allowed,بله,بلی,اری,دارد,موافق,是,同意,已同意,已订阅"
    )
    private static let no = words(
        "no,n,false,f,0,denied,withdrawn,revoked,refused,opt out,opted out,out,unsubscribed,none,not given,خیر,نه,ندارد,مخالف,否,不同意,未同意,已退订"
    )

    private static func words(_ text: String) -> Set<String> {
        Set(text.split(separator: ",").map { HeaderKey(String($0)).joined })
    }
}
