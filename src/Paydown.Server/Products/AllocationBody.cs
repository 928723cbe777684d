using Paydown.Lending.Amounts;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Products;
using Paydown.Lending.Terms;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Products;

/// <summary>Which debts a payment settles first, in a request or a file.</summary>
internal static class AllocationBody
{
    private static readonly Field<AllocationStrategy> Strategy = Field.OneOf<AllocationStrategy>(
        "strategy",
        "How payments are allocated."
    );
    private static readonly Field<IReadOnlyList<Component>> Order = Components(
            "order",
            "The order of the four components. For OLDEST_FIRST."
        )
        .WithExample(new[] { "PENALTY", "FEE", "INTEREST", "PRINCIPAL" });
    private static readonly Field<IReadOnlyList<Component>> Due = Components(
        "due",
        "The order of components that are due. For DUE_THEN_IN_ADVANCE."
    );
    private static readonly Field<IReadOnlyList<Component>> InAdvance = Components(
        "inAdvance",
        "The order of components paid in advance. For DUE_THEN_IN_ADVANCE."
    );
    private static readonly Field<DueType> BucketDueType = Field.OneOf<DueType>(
        "dueType",
        "Whether the installment is past due, due or in advance."
    );
    private static readonly Field<Component> BucketComponent = Field.OneOf<Component>(
        "component",
        "The component to pay."
    );
    private static readonly Field<IReadOnlyList<FieldValues>> Buckets = Field
        .List(
            "buckets",
            "The order of payment; each pair appears once. For ADVANCED.",
            12,
            BucketDueType,
            BucketComponent
        )
        .Or([])
        .NotReset()
        .WithExample(Array.Empty<string>());
    private static readonly IReadOnlyList<(PaymentSource Kind, Field<IReadOnlyList<FieldValues>> Order)> Orders =
    [
        .. ProductRules.KindsWithFutureRule.Select(kind =>
            (
                kind,
                Field
                    .List(
                        Words.Write(kind),
                        "The order of this kind; each pair appears once. Absent: buckets.",
                        12,
                        BucketDueType,
                        BucketComponent
                    )
                    .Or([])
                    .NotReset()
                    .WithExample(Array.Empty<string>())
            )
        ),
    ];
    private static readonly Field<FieldValues?> BucketsBySource = Field
        .Object(
            "bucketsBySource",
            "The order of payment per kind of transaction, where it differs from buckets. For ADVANCED.",
            [.. Orders.Select(one => one.Order)]
        )
        .Optional()
        .NotReset()
        .WithExample(new { });
    private static readonly Field<Processing> Processing = Field
        .OneOf<Processing>(
            "processing",
            "HORIZONTAL pays all components of one installment before the next; VERTICAL pays one component of all "
                + "installments before the next. For ADVANCED. Absent: HORIZONTAL."
        )
        .Or(Lending.Terms.Processing.Horizontal);
    private static readonly IReadOnlyList<(PaymentSource Kind, Field<FutureRule?> Rule)> Rules =
    [
        .. ProductRules.KindsWithFutureRule.Select(kind =>
            (
                kind,
                Field
                    .OneOf<FutureRule>(Words.Write(kind), "The rule for this kind. Absent: defaultFutureRule.")
                    .Optional()
                    .NotReset()
            )
        ),
    ];
    private static readonly Field<FieldValues?> FutureRules = Field
        .Object(
            "futureRules",
            "Which future installments a payment in advance settles, per kind of transaction. For ADVANCED.",
            [.. Rules.Select(one => one.Rule)]
        )
        .Optional()
        .WithExample(new { });
    private static readonly Field<FutureRule> DefaultFutureRule = Field
        .OneOf<FutureRule>(
            "defaultFutureRule",
            "The rule for kinds without one of their own. For ADVANCED. Absent: NEXT_INSTALLMENT."
        )
        .Or(FutureRule.NextInstallment);

    /// <summary>The allocation policy of a product's definition.</summary>
    public static readonly Field<FieldValues> Allocation = Field.Object(
        "allocation",
        "Which debts a payment settles first.",
        Strategy,
        Order,
        Due,
        InAdvance,
        Buckets,
        BucketsBySource,
        Processing,
        FutureRules,
        DefaultFutureRule
    );

    /// <summary>Returns the allocation policy of a product.</summary>
    public static AllocationPolicy Read(FieldValues allocation) =>
        new()
        {
            Strategy = allocation.Get(Strategy),
            Order = allocation.Get(Order),
            Due = allocation.Get(Due),
            InAdvance = allocation.Get(InAdvance),
            Buckets = ReadBuckets(allocation.Get(Buckets)),
            BucketsBySource = allocation.Get(BucketsBySource) is { } orders ? ReadOrders(orders) : [],
            Processing = allocation.Get(Processing),
            FutureRules = allocation.Get(FutureRules) is { } rules ? ReadRules(rules) : [],
            DefaultFutureRule = allocation.Get(DefaultFutureRule),
        };

    private static Dictionary<PaymentSource, IReadOnlyList<Bucket>> ReadOrders(FieldValues orders) =>
        Orders
            .Select(one => (one.Kind, Order: ReadBuckets(orders.Get(one.Order))))
            .Where(one => one.Order.Count > 0)
            .ToDictionary(one => one.Kind, one => one.Order);

    private static IReadOnlyList<Bucket> ReadBuckets(IReadOnlyList<FieldValues> buckets) =>
        [.. buckets.Select(bucket => new Bucket(bucket.Get(BucketDueType), bucket.Get(BucketComponent)))];

    private static Dictionary<PaymentSource, FutureRule> ReadRules(FieldValues rules) =>
        Rules
            .Select(one => (one.Kind, Rule: rules.Get(one.Rule)))
            .Where(one => one.Rule is not null)
            .ToDictionary(one => one.Kind, one => one.Rule!.Value);

    private static Field<IReadOnlyList<Component>> Components(string name, string description) =>
        Field
            .Values(name, description, 4, Field.OneOf<Component>("component", ""))
            .Or([])
            .NotReset()
            .WithExample(Array.Empty<string>());
}
