namespace Paydown.Client;

/// <summary>Selects repayments of a customer; by default all.</summary>
public sealed record CustomerRepaymentFilter
{
    /// <summary>Only repayments with this status.</summary>
    public VerificationStatus? Status { get; init; }

    /// <summary>Only repayments of this application's loan.</summary>
    public Guid? LoanApplicationId { get; init; }
}

/// <summary>Selects repayments of the organisation; by default all.</summary>
public sealed record OfficerRepaymentFilter
{
    /// <summary>Only repayments of this application's loan.</summary>
    public Guid? LoanApplicationId { get; init; }

    /// <summary>Only repayments with this status; rejected includes reversed.</summary>
    public VerificationStatus? Status { get; init; }

    /// <summary>Only repayments recorded on or after this day, in the organisation's time zone.</summary>
    public DateOnly? StartDate { get; init; }

    /// <summary>Only repayments recorded on or before this day.</summary>
    public DateOnly? EndDate { get; init; }

    /// <summary>Only repayments of this customer.</summary>
    public Guid? CustomerId { get; init; }

    /// <summary>Only repayments of this loan account.</summary>
    public Guid? AccountId { get; init; }

    /// <summary>Only repayments with this reference; case, spaces and punctuation do not matter.</summary>
    public string? Reference { get; init; }

    /// <summary>Only repayments of this reported amount, in major units.</summary>
    public decimal? Amount { get; init; }

    /// <summary>Only repayments whose report names a bank account with this number.</summary>
    public string? BankAccountNumber { get; init; }

    /// <summary>A part of the customer's name, e-mail address or phone number.</summary>
    public string? Search { get; init; }

    /// <summary>True for the oldest first, by time of recording; false for the newest first.</summary>
    public bool OldestFirst { get; init; }
}

/// <summary>Selects loans of the organisation; by default all. All filters combine.</summary>
public sealed record LoanFilter
{
    /// <summary>
    /// The payment reference, the id of account, application or customer, or a part of the customer's name, e-mail
    /// address or phone number.
    /// </summary>
    public string? Search { get; init; }

    /// <summary>
    /// Only loans in this state: not <see cref="AccountState.InArrears"/>, which <see cref="AccountState.Active"/>
    /// includes.
    /// </summary>
    public AccountState? State { get; init; }

    /// <summary>Only loans whose earliest unpaid installment fell due at least this many days ago.</summary>
    public int? OverdueDays { get; init; }

    /// <summary>Only loans of the product with this name.</summary>
    public string? Product { get; init; }

    /// <summary>
    /// True for the earliest due date of an unpaid installment first, without loans that have none; false for the
    /// newest loan first.
    /// </summary>
    public bool EarliestDueFirst { get; init; }
}

/// <summary>Selects entries of the audit trail; by default all.</summary>
public sealed record AuditFilter
{
    /// <summary>Only entries about this subject.</summary>
    public Guid? SubjectId { get; init; }

    /// <summary>Only this action, such as <c>API_TOKEN_REVOKED</c>.</summary>
    public string? Action { get; init; }

    /// <summary>Only actions of this user or API token.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>Only entries recorded on or after this day, in the organisation's time zone.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Only entries recorded on or before this day.</summary>
    public DateOnly? To { get; init; }
}
