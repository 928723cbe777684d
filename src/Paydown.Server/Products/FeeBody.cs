using Paydown.Lending.Products;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Products;

/// <summary>A product's fees for making a loan, in a request or a file.</summary>
internal static class FeeBody
{
    private static readonly Field<string> Name = Field
        .Text("name", "The name, shown to customers.", 1, 100)
        .WithExample("Processing fee");
    private static readonly Field<FeeKind> Kind = Field
        .OneOf<FeeKind>("kind", "FLAT for a fixed amount, PERCENT for a percentage of the principal.")
        .WithExample("PERCENT");
    private static readonly Field<decimal?> Amount = Field
        .Amount("amount", "The amount of a FLAT fee.")
        .Optional()
        .NotReset()
        .FromZero()
        .WithExample(0);
    private static readonly Field<decimal> Percent = Field
        .Rate("percent", "The percentage of a PERCENT fee.", 0, 100)
        .Or(0)
        .NotReset()
        .WithExample(1);
    private static readonly Field<FeeCharged> Charged = Field.OneOf<FeeCharged>(
        "charged",
        "Whether the fee is deducted from the disbursement or due with the first installment."
    );

    /// <summary>The fees of a product's definition.</summary>
    public static readonly Field<IReadOnlyList<FieldValues>> Fees = Field
        .List("fees", "Fees for making the loan.", ProductRules.FeesMax, Name, Kind, Amount, Percent, Charged)
        .Or([]);

    /// <summary>Returns one fee.</summary>
    /// <param name="fee">The values of one fee.</param>
    /// <param name="path">The place of the fee in the body, for errors.</param>
    /// <param name="amounts">Reads amounts of the product's currency.</param>
    public static ProductFee Read(FieldValues fee, string path, AmountReader amounts) =>
        new(
            fee.Get(Name),
            fee.Get(Kind),
            amounts.Read(fee, Amount, otherwise: amounts.Least, path) ?? amounts.None,
            fee.Get(Percent),
            fee.Get(Charged)
        );
}
