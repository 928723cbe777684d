namespace Paydown.Client;

/// <summary>The state of an application after its customer's step.</summary>
public sealed partial record ApplicationStanding
{
    /// <summary>The application's id.</summary>
    public required Guid LoanApplicationId { get; init; }

    /// <summary>The application's state now.</summary>
    public required ApplicationStatus LoanApplicationStatusEnum { get; init; }

    /// <summary>When the customer accepted the terms and conditions; null if not yet.</summary>
    public required DateTimeOffset? TermsAcceptedAt { get; init; }

    /// <summary>The loan account; null until the loan is paid out.</summary>
    public required Guid? AccountId { get; init; }
}
