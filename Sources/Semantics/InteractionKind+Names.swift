import CustomerData

extension InteractionKind {
    /// The kind of a contact by its name in English, Persian or Chinese; case, spaces, hyphens and underscores do not
    /// matter.
    public init(name: String) { self = InteractionKind.named[HeaderKey(name).joined] ?? .unknown }

    /// This kind where another column says who began: what the company did is `sent` unless the kind is one of the
    /// company's, and what the customer did is `otherInbound` unless it is one of the customer's. A cell that says
    /// neither changes nothing.
    public func directed(by cell: String) -> InteractionKind {
        let key = HeaderKey(cell).joined
        if InteractionKind.outboundWords.contains(key) { return isInbound || self == .unknown ? .sent : self }
        if InteractionKind.inboundWords.contains(key) { return isInbound ? self : .otherInbound }
        return self
    }

    private static func keys(_ names: String) -> [String] {
        names.split(separator: ",").map { HeaderKey(String($0)).joined }
    }

    private static let inboundWords = Set(keys("inbound,in,incoming,received,from customer,ورودی,دریافتی,来,进,呼入,入站"))
    private static let outboundWords = Set(keys("outbound,out,outgoing,sent,to customer,خروجی,ارسالی,去,出,呼出,出站"))

    /// Kinds by their names.
    private static let named: [String: InteractionKind] = {
        let lists: [(InteractionKind, String)] = [
            (.visit, "visit,visited,web visit,page view,pageview,view,session,store visit,بازدید,مشاهده,访问,浏览,到店"),
            (.open, "open,opened,email open,email opened,باز کردن,打开,打开邮件"),
            (.click, "click,clicked,email click,link click,کلیک,点击"),
            (.reply, "reply,replied,response,answer,پاسخ,回复"),
            (
                .enquiry,
                "enquiry,inquiry,enquire,question,contact,contact form,form,form submit,form submission,inbound call,call in,"
                    + "incoming call,chat,message,demo request,quote request,پرسش,سوال,استعلام,درخواست,تماس ورودی,گفتگو,پیام,"
                    + "咨询,询价,询问,提问,来电,聊天,留言"
            ),
            (.complaint, "complaint,complain,complained,complaints,grievance,شکایت,投诉"),
            (.rating, "rating,review,feedback,survey,survey response,امتیاز,نظر,评分,评价,反馈"),
            (
                .otherInbound,
                "inbound,download,register,registration,sign up,signup,login,log in,subscribe,subscribed,add to cart,cart,"
                    + "wishlist,search,event,event attended,attended,webinar,referral,ثبت نام,ورود,دانلود,注册,登录,下载,订阅,加购,"
                    + "加入购物车,收藏"
            ),
            (
                .sent,
                "sent,send,email sent,sms sent,outbound,outbound call,call out,outgoing call,campaign,push,push sent,newsletter,"
                    + "mailing,letter,ارسال,ارسال شده,تماس خروجی,کمپین,发送,已发送,外呼,去电,群发,推送"
            ),
            (
                .undelivered,
                "bounce,bounced,hard bounce,soft bounce,failed,dropped,blocked,deferred,برگشت,ناموفق,退信,失败"
            ),
            (.unsubscribed, "unsubscribe,unsubscribed,opt out,لغو اشتراک,退订,取消订阅"),
            (.otherOutbound, "delivered,delivery,impression,spam,spam report,queued,تحویل,送达,曝光"),
        ]
        var named: [String: InteractionKind] = [:]
        for (kind, names) in lists { for key in keys(names) { named[key] = kind } }
        return named
    }()
}
