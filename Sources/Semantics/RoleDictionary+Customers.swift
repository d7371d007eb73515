extension RoleDictionary {
    /// Names in a table of customers.
    static let customerNames: [ColumnRole: [RoleName]] = [
        .customer: names(
            100, "customer id,customer no,customer number,customer code,customer key,cust id,cust no,customerid")
            + names(100, "کد مشتری,شماره مشتری,شناسه مشتری,客户编号,客户ID,客户号,客户代码,客户编码,顾客编号,顾客ID")
            + names(
                96, "client id,client no,client number,client code,user id,buyer id,member id,member no,member number")
            + names(
                96,
                "membership no,membership number,membership id,shopper id,consumer id,customer user id,loyalty id,lead id,prospect id,person id"
            )
            + names(96, "کد کاربر,شناسه کاربر,کد کاربری,کد خریدار,شماره عضویت,کد عضویت,شماره اشتراک,کد اشتراک")
            + names(96, "会员号,会员编号,会员ID,会员卡号,用户ID,用户编号,用户号,买家ID,买家编号,消费者ID")
            + names(92, "contact id,شناسه مخاطب,کد مخاطب,联系人ID,联系人编号,线索ID")
            + names(
                90,
                "account id,account no,account number,company id,household id,household key,شماره حساب,账户ID,账号,کد تفصیلی"
            )
            + names(
                86, "id,record id,rec id,unique id,uid,uuid,guid,row key,lead number,شناسه,کد,شناسه یکتا,编号,唯一标识,记录ID")
            + names(74, "customer,client,buyer,member,user,account,مشتری,客户,顾客,会员,用户"),
        .name: names(
            100, "full name,fullname,customer name,client name,member name,contact name,display name,person name")
            + names(100, "نام و نام خانوادگی,نام کامل,نام مشتری,姓名,客户姓名,客户名称,会员姓名,用户姓名,客户名,联系人姓名,真实姓名")
            + names(90, "name,account name,user name,username,buyer name,نام طرف حساب,نام کاربر,名称,名字,用户名,会员名,会员名称,昵称")
            + names(78, "company name,company,organization,organisation,business name,نام شرکت,شرکت,公司,公司名称,企业名称,نام"),
        .givenName: names(100, "first name,given name,forename,firstname,givenname,fname,first,نام کوچک,اسم کوچک,名")
            + names(76, "نام,اسم,name,名字"),
        .familyName: names(
            100,
            "last name,family name,surname,lastname,familyname,lname,second name,نام خانوادگی,فامیلی,فامیل,نام فامیل,姓,姓氏"
        ),
        .email: names(
            100,
            "email,e mail,email address,e mail address,mail,primary email,customer email,ایمیل,پست الکترونیک,پست الکترونیکی,رایانامه,ادرس ایمیل,邮箱,电子邮件,电子邮箱,邮件,邮箱地址,邮件地址"
        )
            + names(82, "secondary email,work email,home email,personal email,other email"),
        .phone: names(
            100,
            "phone,phone number,telephone,telephone number,customer phone,phone no,primary phone,تلفن,شماره تلفن,تلفن تماس,شماره تماس,电话,电话号码,联系电话,联系方式"
        )
            + names(
                96,
                "mobile,mobile phone,mobile number,mobile no,cell,cell phone,cellphone,cell number,موبایل,تلفن همراه,شماره موبایل,شماره همراه,همراه,手机,手机号,手机号码,移动电话"
            )
            + names(
                84,
                "tel,work phone,home phone,other phone,contact number,contact no,default address phone,تلفن ثابت,تلفن منزل,座机,固定电话"
            ),
        .birthDate: names(
            100, "birth date,birthdate,date of birth,dob,birthday,birth day,تاریخ تولد,روز تولد,出生日期,生日,出生年月日,出生年月"),
        .city: names(100, "city,town,شهر,城市,所在城市,市")
            + names(90, "mailing city,billing city,shipping city,default address city,home city,شهر محل سکونت")
            + names(78, "suburb,locality,municipality,شهرستان,地级市"),
        .country: names(100, "country,country name,nation,کشور,国家,国家地区,国家或地区")
            + names(
                94,
                "country code,mailing country,billing country,shipping country,default address country code,کد کشور,国家代码,国别"
            ),
        .address: names(
            100,
            "address,street address,full address,street,home address,customer address,نشانی,ادرس,ادرس کامل,ادرس پستی,نشانی پستی,地址,详细地址,住址,联系地址,家庭住址,通讯地址"
        )
            + names(
                94,
                "address 1,address line 1,address line,mailing street,mailing address,billing street,billing address,shipping street,shipping address,default address address 1,收货地址,خیابان"
            ),
        .registered: names(
            100,
            "registered,registered at,registration date,registration time,register date,register time,date registered,sign up date,signup date,signed up at,sign up time,signup time,join date,joined,joined at,date joined,member since,customer since,enrollment date,enrolment date"
        )
            + names(100, "تاریخ ثبت نام,تاریخ عضویت,زمان ثبت نام,تاریخ ثبت‌نام,注册时间,注册日期,入会时间,入会日期,开户日期,加入时间,加入日期")
            + names(
                92,
                "created at,created time,created date,created on,date created,creation date,create date,createdate,create time,add date,تاریخ ثبت,تاریخ ایجاد,创建时间,创建日期,添加时间"
            ),
        .source: names(
            100,
            "source,lead source,customer source,acquisition source,acquisition channel,account source,lead origin,contact source,original source,منبع,منبع مشتری,نحوه اشنایی,منبع جذب,روش اشنایی,来源,客户来源,线索来源,获客渠道,注册来源,来源渠道"
        )
            + names(
                84,
                "channel,utm source,referral source,referral,referrer,referred by,signup source,campaign,کانال,کانال جذب,معرف,渠道,注册渠道,推荐人"
            ),
        .consent: names(
            100,
            "consent,marketing consent,email consent,contact consent,gdpr consent,accepts marketing,accepts email marketing,opt in,opted in,email opt in,marketing opt in,newsletter consent,رضایت بازاریابی,同意,营销同意,同意营销,是否同意"
        ),
    ]
}
