extension RoleDictionary {
    /// Names in a table of deals.
    static let dealNames: [ColumnRole: [RoleName]] = [
        .deal: names(
            100,
            "deal id,deal no,deal number,opportunity id,opportunity no,opportunity number,opp id,شناسه معامله,کد معامله,شماره معامله,شناسه فرصت,کد فرصت,商机编号,商机ID,交易编号,交易ID,销售机会编号"
        )
            + names(90, "deal,opportunity,deal name,opportunity name,معامله,فرصت,فرصت فروش,商机,商机名称,销售机会,交易名称")
            + names(80, "id,record id,name,topic,شناسه,کد,编号,记录ID"),
        .customer: names(
            100,
            "account,account name,account id,account no,account number,company,company name,company id,organization,organisation,organization name,شرکت,نام شرکت,شناسه شرکت,حساب,نام حساب,شناسه حساب,公司,公司名称,客户名称,客户公司,账户,账户名称"
        )
            + names(
                96,
                "customer,customer id,customer name,customer no,client,client id,client name,associated company,مشتری,کد مشتری,شناسه مشتری,نام مشتری,客户,客户编号,客户ID"
            )
            + names(80, "contact,contact id,contact name,person,lead id,مخاطب,联系人"),
        .stage: names(
            100,
            "stage,deal stage,stage name,sales stage,opportunity stage,pipeline stage,stagename,مرحله,مرحله معامله,مرحله فروش,阶段,商机阶段,销售阶段,交易阶段"
        )
            + names(84, "status,deal status,opportunity status,state,وضعیت,وضعیت معامله,状态,商机状态"),
        .amount: names(
            100,
            "amount,deal amount,deal value,close value,closed value,opportunity amount,opportunity value,contract value,deal size,مبلغ,مبلغ معامله,ارزش معامله,مبلغ قرارداد,金额,商机金额,成交金额,交易金额,合同金额,销售金额"
        )
            + names(
                90,
                "value,total,revenue,price,expected revenue,estimated value,expected value,annual contract value,acv,tcv,ارزش,مبلغ کل,预计金额,预计收入,总金额,价值"
            ),
        .currency: transactionNames[.currency, default: []] + names(96, "deal currency,currency iso code"),
        .opened: names(
            100,
            "opened,opened at,open date,opening date,engage date,engaged,engagement date,start date,deal created,deal created date,تاریخ شروع,تاریخ باز شدن,تاریخ گشایش,تاریخ اغاز,开始日期,开启日期,打开日期,接触日期,立项日期"
        )
            + names(
                92,
                "created,created at,created on,create date,created date,creation date,date created,createdate,created time,deal add time,add time,تاریخ ایجاد,تاریخ ثبت,创建日期,创建时间"
            ),
        .closed: names(
            100,
            "closed,closed at,closed on,close date,closing date,closed date,closedate,date closed,end date,deal close date,actual close date,won time,تاریخ بستن,تاریخ بسته شدن,تاریخ پایان,结束日期,关闭日期,成交日期,关单日期,结单日期,完成日期"
        )
            + names(80, "expected close date,estimated close date,تاریخ پیش بینی بستن,预计成交日期,预计关闭日期"),
        .owner: names(
            100,
            "owner,deal owner,opportunity owner,owner name,owner id,account owner,sales agent,sales rep,sales representative,salesperson,sales person,account executive,مسئول,مالک,مالک معامله,کارشناس فروش,مسئول فروش,فروشنده,负责人,所有者,销售人员,销售员,销售代表,业务员,客户经理"
        )
            + names(84, "agent,rep,seller,assigned to,responsible,user,کارشناس,销售,归属人"),
        .product: names(
            100,
            "product,product name,product id,product code,item,محصول,نام محصول,کالا,کد محصول,产品,产品名称,商品,商品名称,产品编号"
        ) + names(84, "product line,product family,service,خدمت,سرویس,产品线,服务"),
    ]
}
