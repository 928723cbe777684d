namespace Paydown.Client;

/// <summary>An API token that is wanted for a server.</summary>
public sealed record ApiTokenOrder
{
    /// <summary>What it is for; people tell tokens apart by it.</summary>
    public required string Name { get; init; }

    /// <summary>What the token may do: words of <see cref="ApiScopes"/>, at least one.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>How long it counts: 1 to 365.</summary>
    public required int ExpiresInDays { get; init; }
}

/// <summary>What an API token may be allowed.</summary>
public static class ApiScopes
{
    /// <summary>Reads repayments.</summary>
    public const string RepaymentsRead = "repayments:read";

    /// <summary>Verifies, rejects and reverses repayments.</summary>
    public const string RepaymentsVerify = "repayments:verify";

    /// <summary>Records repayments that nobody reported.</summary>
    public const string RepaymentsRecord = "repayments:record";

    /// <summary>Reads loans.</summary>
    public const string LoansRead = "loans:read";

    /// <summary>Changes loans.</summary>
    public const string LoansWrite = "loans:write";

    /// <summary>Reads products.</summary>
    public const string ProductsRead = "products:read";

    /// <summary>Makes and changes products.</summary>
    public const string ProductsWrite = "products:write";

    /// <summary>Reads applications.</summary>
    public const string ApplicationsRead = "applications:read";

    /// <summary>Decides on applications.</summary>
    public const string ApplicationsDecide = "applications:decide";

    /// <summary>Reads customers and their bank accounts.</summary>
    public const string CustomersRead = "customers:read";

    /// <summary>Reads the audit trail.</summary>
    public const string AuditRead = "audit:read";
}

/// <summary>Which entries of the audit trail are wanted; by default all.</summary>
public sealed record AuditFilter
{
    /// <summary>Only what was done to this.</summary>
    public Guid? SubjectId { get; init; }

    /// <summary>Only this, for example API_TOKEN_REVOKED.</summary>
    public string? Action { get; init; }

    /// <summary>Only what this user or API token did.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>Recorded on this day or later, in the time zone of the organisation.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Recorded on this day or earlier.</summary>
    public DateOnly? To { get; init; }
}
