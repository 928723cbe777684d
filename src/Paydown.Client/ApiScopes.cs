namespace Paydown.Client;

/// <summary>The scopes of API tokens: each allows some calls.</summary>
public static class ApiScopes
{
    /// <summary>Reads repayments.</summary>
    public const string RepaymentsRead = "repayments:read";

    /// <summary>Verifies, rejects and reverses repayments.</summary>
    public const string RepaymentsVerify = "repayments:verify";

    /// <summary>Records repayments that customers have not reported.</summary>
    public const string RepaymentsRecord = "repayments:record";

    /// <summary>Reads loans.</summary>
    public const string LoansRead = "loans:read";

    /// <summary>Changes loans.</summary>
    public const string LoansWrite = "loans:write";

    /// <summary>Reads products.</summary>
    public const string ProductsRead = "products:read";

    /// <summary>Creates and changes products.</summary>
    public const string ProductsWrite = "products:write";

    /// <summary>Reads applications.</summary>
    public const string ApplicationsRead = "applications:read";

    /// <summary>Decides applications.</summary>
    public const string ApplicationsDecide = "applications:decide";

    /// <summary>Reads customers and their bank accounts.</summary>
    public const string CustomersRead = "customers:read";

    /// <summary>Reads the audit trail.</summary>
    public const string AuditRead = "audit:read";

    /// <summary>Reads the trial balance and the postings of the ledger.</summary>
    public const string LedgerRead = "ledger:read";

    /// <summary>Reads webhook endpoints and their deliveries.</summary>
    public const string WebhooksRead = "webhooks:read";

    /// <summary>Manages webhook endpoints and their deliveries.</summary>
    public const string WebhooksWrite = "webhooks:write";

    /// <summary>Reads events.</summary>
    public const string EventsRead = "events:read";

    /// <summary>Reads bank statements and what became of their entries.</summary>
    public const string StatementsRead = "statements:read";

    /// <summary>Imports bank statements and the files of collectors, which verifies repayments.</summary>
    public const string StatementsImport = "statements:import";
}
