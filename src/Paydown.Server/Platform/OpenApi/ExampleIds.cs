namespace Paydown.Server.Platform.OpenApi;

/// <summary>
/// The ids in example requests. They are those of the demo lender, so a request from <c>/docs</c> can be sent unchanged
/// to a server of <c>./run</c>. A test compares them with that lender.
/// </summary>
internal static class ExampleIds
{
    /// <summary>Returns the id for a parameter or field, in either spelling: <c>user-id</c> or <c>userId</c>.</summary>
    public static string Of(string name) =>
        name.Replace("-", "").ToLowerInvariant() switch
        {
            "userid" or "customerid" => "01900000-0000-7000-8000-00000000000b",
            "accountid" when name == "account-id" => BankAccount,
            "accountid" => "01900000-0000-7000-8000-000000000065",
            "bankaccountid" => BankAccount,
            "loanapplicationid" => "01900000-0000-7000-8000-00000000012d",
            "organisationid" => "01900000-0000-7000-8000-000000000001",
            "productid" or "loanproductid" => "01900000-0000-7000-8000-00000000003d",
            // A repayment that awaits verification.
            "id" => "01900000-0000-7000-8000-0000000000e2",
            _ => "0198c1f4-5b9a-7c3e-8d2f-1a2b3c4d5e6f",
        };

    /// <summary>
    /// Returns the id for a path parameter. Some paths need an application that is still undecided, or a repayment that
    /// counts.
    /// </summary>
    public static string OfPath(string path, string name) =>
        path switch
        {
            _ when path.StartsWith("admin/loan-application/", StringComparison.Ordinal) =>
                "01900000-0000-7000-8000-000000000140",
            _ when path.StartsWith("user/accept-loan-offer/", StringComparison.Ordinal)
                    || path.StartsWith("user/update-application/", StringComparison.Ordinal)
                    || path.StartsWith("user/cancel-application/", StringComparison.Ordinal) =>
                "01900000-0000-7000-8000-000000000143",
            _ when path.StartsWith("user/receipts/", StringComparison.Ordinal) =>
                "01900000-0000-7000-8000-0000000000e1",
            _ => Of(name),
        };

    /// <summary>Returns the value for a path parameter that is not an id.</summary>
    public static string OfText(string name) =>
        name switch
        {
            "bankCode" => "058",
            // A report that every officer may read.
            "name" => "loan-statement",
            "accountNumber" => "0123456785",
            "transactionReference" => "TRF01900000000070008000000000000259",
            _ => "1",
        };

    // The path of view-bank-account calls it account-id; a loan account is accountId everywhere.
    private const string BankAccount = "01900000-0000-7000-8000-000000000029";
}
