namespace Paydown.Client;

/// <summary>The response to taking a payout back.</summary>
public sealed partial record UndoneDisbursement
{
    /// <summary>The application's id.</summary>
    public required Guid LoanApplicationId { get; init; }

    /// <summary>The loan account, which a later payout uses again.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>True if nothing is changed yet.</summary>
    public required bool IsPreview { get; init; }

    /// <summary>The application's status after it.</summary>
    public required ApplicationStatus LoanApplicationStatus { get; init; }

    /// <summary>The amount of the payout.</summary>
    public required decimal UndoneAmount { get; init; }

    /// <summary>The fees that were kept back from it.</summary>
    public required decimal ReturnedFees { get; init; }

    /// <summary>The down payment that was collected from it.</summary>
    public required decimal ReturnedDownPayment { get; init; }

    /// <summary>The amount that leaves the wallet.</summary>
    public required decimal WalletDebit { get; init; }

    /// <summary>What is still paid out of the loan.</summary>
    public required decimal TotalDisbursed { get; init; }

    /// <summary>The loan's currency, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The undoing that awaits a second manager; null if there is none.</summary>
    public required AwaitedApproval? AwaitedApproval { get; init; }
}
