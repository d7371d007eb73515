extension RoleDictionary {
    /// Names in a table of interactions.
    static let interactionNames: [ColumnRole: [RoleName]] = [
        .customer: transactionNames[.customer, default: []]
            + names(
                90, "lead id,prospect id,person id,visitor id,who id,recipient id,subscriber id,distinct id,线索ID,访客ID")
            + names(64, "recipient,subscriber,visitor,recipient email,گیرنده,收件人,访客"),
        .time: names(
            100,
            "event time,event date,event timestamp,event datetime,interaction date,interaction time,activity date,activity time,contact date,contact time"
        )
            + names(
                100, "تاریخ تعامل,زمان رویداد,تاریخ رویداد,تاریخ تماس,زمان تماس,事件时间,互动时间,互动日期,联系时间,沟通时间,跟进时间,访问时间,行为时间"
            )
            + names(
                95,
                "visit date,visit time,call date,call time,survey date,review date,review time,message date,sent at,opened at,clicked at,occurred at,happened at,تاریخ بازدید,تاریخ نظر,评论时间,评价时间,通话时间,发送时间,反馈时间"
            )
            + names(93, "date,datetime,date time,timestamp,تاریخ,تاریخ و ساعت,日期,日期时间,时间戳")
            + names(
                90,
                "created at,created time,created date,created on,date created,creation date,createdate,start time,start date,started at,تاریخ ثبت,تاریخ ایجاد,زمان ثبت,创建时间,创建日期,开始时间"
            )
            + names(78, "time,day,ts,dt,when,زمان,时间"),
        .kind: names(
            100,
            "kind,event,event type,event name,interaction type,interaction kind,interaction,activity type,contact type,engagement type"
        )
            + names(
                100,
                "نوع,نوع رویداد,رویداد,نوع تعامل,تعامل,نوع تماس,نوع فعالیت,事件,事件类型,事件名称,互动类型,互动方式,行为,行为类型,联系类型,跟进类型,跟进方式"
            )
            + names(86, "type,action,activity,action type,call type,فعالیت,اقدام,类型,动作,操作,活动类型")
            + names(66, "category,دسته,类别"),
        .direction: names(
            100, "direction,call direction,message direction,contact direction,جهت,جهت تماس,方向,呼叫方向,联系方向"),
        .channel: names(
            100,
            "channel,contact channel,interaction channel,channel name,channel type,کانال,کانال ارتباطی,کانال تماس,渠道,联系渠道,沟通渠道,互动渠道,触达渠道"
        )
            + names(82, "medium,platform,source,utm source,device,منبع,پلتفرم,رسانه,平台,来源,媒介,设备"),
        .value: names(100, "value,event value,conversion value,مقدار,ارزش,数值,事件值,值")
            + names(76, "duration,duration seconds,amount,count,page views,مدت,مبلغ,تعداد,时长,通话时长,金额,次数"),
        .rating: names(
            100,
            "rating,stars,star rating,review rating,satisfaction,satisfaction score,nps,nps score,csat,csat score,امتیاز,نمره,رضایت,میزان رضایت,评分,满意度,星级,打分"
        )
            + names(90, "score,grade,review score,امتیازدهی,分数,得分"),
        .text: names(
            100,
            "text,comment,comments,message,review,review text,feedback,body,content,message text,متن,نظر,متن پیام,پیام,متن نظر,بازخورد,内容,评论,评论内容,评价内容,留言,反馈,消息内容,文本"
        )
            + names(
                84,
                "note,notes,subject,description,summary,review comment message,یادداشت,توضیحات,موضوع,شرح,备注,描述,主题,摘要,跟进内容"
            ),
    ]
}
