using Paydown.Statements.Reading;

namespace Paydown.Statements.Csv;

/// <summary>The names of the columns of a file that is no bank statement.</summary>
/// <param name="Names">The names of each column, in their bare form, the best first.</param>
/// <param name="Required">The columns that the file must have.</param>
internal sealed record CsvNames(IReadOnlyDictionary<CsvRole, string[]> Names, IReadOnlyList<CsvRole> Required)
{
    private static readonly CsvRole[] OfCollections =
    [
        CsvRole.BankReference,
        CsvRole.Reference,
        CsvRole.BookedOn,
        CsvRole.Amount,
    ];

    private static readonly CsvNames Usual = new(
        new Dictionary<CsvRole, string[]>
        {
            [CsvRole.BankReference] =
            [
                "transactionid",
                "txnid",
                "tranid",
                "receiptno",
                "receiptnumber",
                "paymentid",
                "id",
            ],
            [CsvRole.Reference] =
            [
                "loanreference",
                "loan",
                "loanref",
                "loanaccount",
                "accountnumber",
                "accountid",
                "account",
                "reference",
            ],
            [CsvRole.BookedOn] = ["collectedon", "datecollected", "collectiondate", "paidon", "paymentdate", "date"],
            [CsvRole.Amount] = ["amount", "grossamount", "gross", "amountcollected", "collected"],
            [CsvRole.Commission] = ["commission", "commissionamount", "fee"],
            [CsvRole.Currency] = ["currency", "ccy", "currencycode"],
        },
        OfCollections
    );

    /// <summary>The columns of a collector's file.</summary>
    public static CsvNames Of(CollectionColumns? columns) =>
        columns is null
            ? Usual
            : new(
                new Dictionary<CsvRole, string[]>
                {
                    [CsvRole.BankReference] = One(columns.TransactionId),
                    [CsvRole.Reference] = One(columns.Loan),
                    [CsvRole.BookedOn] = One(columns.CollectedOn),
                    [CsvRole.Amount] = One(columns.Amount),
                    [CsvRole.Commission] = One(columns.Commission),
                    [CsvRole.Currency] = One(columns.Currency),
                },
                columns.Commission is null ? OfCollections : [.. OfCollections, CsvRole.Commission]
            );

    private static string[] One(string? name) => name is null ? [] : [CsvWords.Bare(name)];
}
