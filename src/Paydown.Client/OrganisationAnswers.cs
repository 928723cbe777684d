namespace Paydown.Client;

/// <summary>What managers decide about their organisation. Amounts are in major units.</summary>
public record OrganisationSettings
{
    /// <summary>The version that a change is based on: refused if it is no longer the current one.</summary>
    public required int Version { get; init; }

    /// <summary>What is larger needs two officers; null: one always suffices.</summary>
    public required decimal? FourEyesAbove { get; init; }

    /// <summary>Taken from the wallet with each transfer to a bank.</summary>
    public required decimal WithdrawalFee { get; init; }

    /// <summary>Whether customers confirm with a PIN what leaves their wallet.</summary>
    public required bool AsksTransactionPin { get; init; }

    /// <summary>What customers accept before a loan is paid out; may have several lines.</summary>
    public required string TermsAndConditions { get; init; }

    /// <summary>Where customers ask.</summary>
    public required Contact ContactInformation { get; init; }
}

/// <summary>An organisation; it can be sent back as settings.</summary>
public sealed record Organisation : OrganisationSettings
{
    /// <summary>Id of the organisation.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>ISO 4217 code of its currency.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>IANA name of its time zone.</summary>
    public required string TimeZone { get; init; }

    /// <summary>When the terms were changed; null: never.</summary>
    public required DateTimeOffset? TermsUpdatedAt { get; init; }

    /// <summary>Where repayments are sent.</summary>
    public required CollectionAccount CollectionAccount { get; init; }

    /// <summary>
    /// The change that waits for a second manager, who approves it by the same change; null: none does.
    /// </summary>
    public AwaitedApproval? AwaitedApproval { get; init; }
}

/// <summary>Where a customer asks.</summary>
public sealed record Contact
{
    /// <summary>E-mail address.</summary>
    public required string Email { get; init; }

    /// <summary>Telephone number.</summary>
    public required string Phone { get; init; }

    /// <summary>When somebody is there.</summary>
    public required string Hours { get; init; }
}

/// <summary>The bank account that repayments are sent to.</summary>
public sealed record CollectionAccount
{
    /// <summary>Number of the account.</summary>
    public required string AccountNumber { get; init; }

    /// <summary>Whose account it is.</summary>
    public required string AccountName { get; init; }

    /// <summary>Code of the bank.</summary>
    public required string BankCode { get; init; }

    /// <summary>Name of the bank.</summary>
    public required string BankName { get; init; }
}
