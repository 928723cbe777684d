namespace Paydown.Client;

/// <summary>The settings of an organisation.</summary>
public partial record OrganisationSettings
{
    /// <summary>The version that the change is based on. Refused if it is not the current one.</summary>
    public required int Version { get; init; }

    /// <summary>Amounts above this need two officers. Null: one officer always suffices.</summary>
    public required decimal? FourEyesAbove { get; init; }

    /// <summary>The fee for each transfer to a bank account, taken from the wallet.</summary>
    public required decimal WithdrawalFee { get; init; }

    /// <summary>Whether every customer must confirm transfers from the wallet with a PIN.</summary>
    public required bool AsksTransactionPin { get; init; }

    /// <summary>Whether agents, cashiers and managers must sign in with a second factor. Null: as before.</summary>
    public bool? RequiresSecondFactor { get; init; }

    /// <summary>
    /// When earned interest is recognised: when it is paid, on due dates and month ends, or daily. Null: as before.
    /// </summary>
    public AccrualPosting? AccrualPosting { get; init; }

    /// <summary>The local time after which a worker runs the end of the day before. Null: as before.</summary>
    public string? ClosingTime { get; init; }

    /// <summary>
    /// The local time from which customers get no notices, except about their sign-in. Null: as before.
    /// </summary>
    public string? QuietFrom { get; init; }

    /// <summary>
    /// The local time until which they get none; the same as quietFrom: at any time. Null: as before.
    /// </summary>
    public string? QuietUntil { get; init; }

    /// <summary>The text that customers accept before a loan is paid out.</summary>
    public required string TermsAndConditions { get; init; }

    /// <summary>How customers reach the lender.</summary>
    public required Contact ContactInformation { get; init; }
}
