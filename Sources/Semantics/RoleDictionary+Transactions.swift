extension RoleDictionary {
    /// Names in a table of transactions.
    static let transactionNames: [ColumnRole: [RoleName]] = [
        .customer: names(
            100, "customer id,customer no,customer number,customer code,customer key,cust id,cust no,customerid")
            + names(100, "کد مشتری,شماره مشتری,شناسه مشتری,客户编号,客户ID,客户号,客户代码,客户编码,顾客编号,顾客ID")
            + names(
                96, "client id,client no,client number,client code,user id,buyer id,member id,member no,member number")
            + names(
                96, "membership no,membership number,membership id,shopper id,consumer id,customer user id,loyalty id")
            + names(96, "کد کاربر,شناسه کاربر,کد کاربری,کد خریدار,شماره عضویت,کد عضویت,شماره اشتراک,کد اشتراک")
            + names(96, "会员号,会员编号,会员ID,会员卡号,用户ID,用户编号,用户号,买家ID,买家编号,消费者ID")
            + names(
                92,
                "account id,account no,account number,contact id,loyalty card,card holder id,household id,household key"
            )
            + names(92, "associated contact ids,associated contact id,contact name id,شماره حساب,账户ID,账号,联系人ID")
            + names(90, "account name id,associated company ids,associated company id,company id,تفصیلی,کد تفصیلی")
            + names(84, "customer,client,buyer,shopper,member,مشتری,خریدار,客户,顾客,买家,会员,用户,买家会员名,买家昵称")
            + names(
                78,
                "user,account,customer name,client name,buyer name,member name,contact name,account name,خریدار کالا")
            + names(78, "نام مشتری,نام خریدار,کاربر,طرف حساب,نام طرف حساب,客户名称,客户姓名,买家姓名,会员名,会员名称,用户名,客户名,往来单位")
            + names(
                66, "email,e mail,customer email,buyer email,email address,email billing,billing email,ایمیل,邮箱,电子邮箱")
            + names(62, "phone,phone number,customer phone,mobile,buyer phone,موبایل,تلفن,شماره موبایل,手机号,手机,电话,联系电话"),
        .order: names(100, "order id,order no,order number,order code,order key,orderid,order ref,order reference")
            + names(100, "شماره سفارش,کد سفارش,شناسه سفارش,订单号,订单编号,订单ID,订单代码")
            + names(
                96, "invoice no,invoice number,invoice id,invoice,invoice code,inv no,sales order no,sales order number"
            )
            + names(96, "sales order id,sales order,شماره فاکتور,کد فاکتور,فاکتور,发票号,发票号码,销售单号,销售订单号")
            + names(
                92,
                "receipt no,receipt number,receipt id,receipt,bill no,bill number,bill id,basket id,basket key,basket")
            + names(
                92,
                "ticket no,ticket number,ticket id,cart id,check number,شماره رسید,شماره قبض,شماره صورتحساب,小票号,收据号,单号,单据编号,单据号"
            )
            + names(
                88,
                "transaction id,transaction no,transaction number,trans id,txn id,transaction key,sale id,sale no,purchase id"
            )
            + names(88, "شماره تراکنش,کد تراکنش,شناسه تراکنش,شماره خرید,交易号,交易编号,流水号,交易ID,交易流水号,采购单号")
            + names(84, "order,document no,document number,doc no,voucher no,سفارش,شماره سند,شماره حواله,订单,凭证号")
            + names(80, "transaction,opportunity id,deal id,po number,payment id,شناسه پرداخت,支付单号,商机ID,商机编号")
            + names(62, "record id,opportunity name,deal name,dealname"),
        .time: names(
            100, "order date,order time,order datetime,order date time,order timestamp,invoice date,invoice time")
            + names(100, "تاریخ سفارش,تاریخ فاکتور,زمان سفارش,下单时间,下单日期,订单时间,订单日期,订单创建时间")
            + names(
                97,
                "purchase date,purchase time,purchase timestamp,order purchase timestamp,transaction date,transaction time"
            )
            + names(
                97,
                "transaction datetime,transaction timestamp,trans date,txn date,sale date,sales date,date of sale,receipt date"
            )
            + names(
                97,
                "bill date,date of purchase,تاریخ خرید,زمان خرید,تاریخ تراکنش,تاریخ فروش,购买时间,购买日期,交易时间,交易日期,成交时间,成交日期,消费时间,消费日期,销售日期,销售时间,开票日期"
            )
            + names(93, "date,datetime,date time,timestamp,تاریخ,تاریخ و ساعت,日期,日期时间,时间戳")
            + names(
                90,
                "created at,created time,created date,created on,date created,creation date,createdate,تاریخ ثبت,تاریخ ایجاد,زمان ثبت,创建时间,创建日期,生成时间"
            )
            + names(91, "close date,closing date")
            + names(
                86,
                "closed at,close time,paid at,payment date,payment time,date paid,تاریخ پرداخت,زمان پرداخت,付款时间,支付时间,付款日期,支付日期,结单日期"
            )
            + names(
                82,
                "processed at,completed at,event time,posting date,post date,document date,value date,تاریخ سند,单据日期,业务日期,记账日期"
            )
            + names(78, "time,day,ts,dt,when,روز,زمان,时间"),
        .product: names(
            100, "product id,product no,product code,product number,product key,product sku,productid,sku,stock code")
            + names(100, "کد کالا,کد محصول,شناسه کالا,شناسه محصول,شماره کالا,商品编码,商品编号,商品ID,产品编码,产品编号,产品ID,商品代码,产品代码")
            + names(
                96,
                "item id,item no,item code,item number,item sku,article no,article number,article id,article code,lineitem sku"
            )
            + names(
                96,
                "sku id,sku code,product variant id,variant sku,variant id,material number,material no,material,asin,isbn,upc,ean"
            )
            + names(96, "barcode,بارکد,کد جنس,کد قلم,货号,条码,条形码,物料编码,物料编号,SKU编码,商家编码,款号,品号")
            + names(86, "product,item,article,کالا,محصول,جنس,قلم,商品,产品,货品,物料")
            + names(
                72,
                "product name,item name,lineitem name,product title,item title,article name,goods name,نام کالا,نام محصول,商品名称,产品名称,品名,商品名,产品名,货品名称,商品标题,宝贝标题"
            ),
        .description: names(
            98, "description,product description,item description,article description,product desc,item desc,desc")
            + names(98, "شرح کالا,شرح محصول,شرح,توضیحات کالا,商品描述,产品描述,商品说明")
            + names(
                70,
                "product name,item name,lineitem name,product title,item title,article name,goods name,نام کالا,نام محصول,商品名称,产品名称,品名,商品名,产品名,货品名称,商品标题,宝贝标题"
            )
            + names(64, "title,details,memo,عنوان,توضیحات,标题,描述,说明,摘要"),
        .category: names(
            100,
            "category,product category,item category,category name,product category name,product group,item group,article group,merchandise group,دسته,دسته بندی,دسته کالا,گروه کالا,گروه محصول,类别,品类,商品类别,商品分类,产品类别,产品分类,分类"
        )
            + names(84, "department,product type,item type,product line,نوع کالا,نوع محصول,商品类型,产品类型,大类"),
        .quantity: names(
            100,
            "quantity,qty,order quantity,order qty,quantity ordered,qty ordered,item quantity,units sold,quantity sold")
            + names(100, "تعداد,تعداد کالا,تعداد سفارش,数量,商品数量,购买数量,销售数量,订购数量,宝贝数量")
            + names(
                94,
                "lineitem quantity,units,unit count,item count,number of items,no of items,num items,pieces,pcs,مقدار,件数,购买件数,个数"
            )
            + names(80, "count,volume,items,تعداد اقلام,销量"),
        .unitPrice: names(
            100, "unit price,price per unit,price each,unitprice,unit selling price,unit sale price,item unit price")
            + names(100, "قیمت واحد,فی,بهای واحد,قیمت هر واحد,单价,商品单价,销售单价,成交单价")
            + names(
                94,
                "item price,product price,lineitem price,selling price,sale price,sales price,list price,unit cost,item cost,قیمت فروش,قیمت کالا,售价,销售价,商品价格"
            )
            + names(84, "price,rate,unit amount,قیمت,بها,نرخ,价格"),
        .amount: names(
            100,
            "amount,total amount,order amount,line amount,sales amount,sale amount,transaction amount,purchase amount")
            + names(100, "مبلغ,مبلغ کل,جمع کل,مبلغ سفارش,مبلغ خرید,金额,订单金额,交易金额,消费金额,销售金额,购买金额")
            + names(98, "总金额,订单总金额,مبلغ نهایی,مبلغ فاکتور,实付金额,实际支付金额,实收金额,买家实际支付金额,实付款,实际金额")
            + names(
                96,
                "net amount,gross amount,amount paid,paid amount,payment amount,invoice amount,مبلغ پرداختی,مبلغ پرداخت شده,مبلغ خالص,مبلغ ناخالص,支付金额,付款金额,应付金额,成交金额"
            )
            + names(
                93,
                "total,order total,line total,grand total,order total amount,total price,total value,total sales,net sales,gross sales"
            )
            + names(
                93,
                "net total,total paid,invoice total,order value,line value,extended price,ext price,item total,total sum,جمع,مجموع,مبلغ کل سفارش,ارزش سفارش,总价,合计,总额,合计金额,价税合计"
            )
            + names(
                88,
                "sales,revenue,sale,turnover,gmv,spend,spent,payment value,sales value,purchase value,transaction value,فروش,درآمد,销售额,营业额,成交额,收入,消费额"
            )
            + names(
                86,
                "subtotal,sub total,net value,gross value,sum,dollar value,dollars,payment,deal amount,deal value,close value,مبلغ سطر,ارزش,小计,付款"
            )
            + names(74, "value,money,paid"),
        .currency: names(
            100,
            "currency,currency code,currency iso code,transaction currency,order currency,ccy,ارز,نوع ارز,واحد پول,واحد پولی,واحد ارز,币种,货币,货币代码,币别,货币类型,货币单位"
        ),
        .channel: names(
            100,
            "channel,sales channel,order channel,purchase channel,channel name,کانال,کانال فروش,کانال خرید,渠道,销售渠道,购买渠道,订单渠道,下单渠道"
        )
            + names(
                82, "order source,platform,sales platform,channel id,source name,منبع سفارش,پلتفرم,订单来源,平台,来源渠道,下单平台")
            + names(64, "source,medium,منبع,来源"),
    ]
}
