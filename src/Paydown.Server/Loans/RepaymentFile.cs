using Paydown.Lending.Repayments;

namespace Paydown.Server.Loans;

/// <summary>All that is stored of one repayment and that a decision on it needs.</summary>
public sealed record RepaymentFile
{
    public required Guid CustomerId { get; init; }

    public required Guid Id { get; init; }

    public required Guid OrganisationId { get; init; }

    public required Guid AccountId { get; init; }

    public required long AmountMinor { get; init; }

    /// <summary><c>BANK_TRANSFER</c>, <c>DIRECT_DEBIT</c>, <c>WALLET</c>, <c>CARD</c> or <c>CASH</c>.</summary>
    public required string Method { get; init; }

    /// <summary>Value date: the day from which the money counts once it is verified.</summary>
    public required DateOnly PaidOn { get; init; }

    public required RepaymentStatus Status { get; init; }

    /// <summary>Who recorded it: the customer who reported it, or an officer.</summary>
    public required Guid RecordedBy { get; init; }

    /// <summary>The officer who has approved it as the first of two.</summary>
    public required Guid? FirstApprovedBy { get; init; }

    /// <summary>True where its money came out of the customer's wallet.</summary>
    public bool IsFromWallet => Method == PayoffRules.Wallet;

    /// <summary>What the rules see of it.</summary>
    /// <param name="fourEyesAboveMinor">The organisation's lowest amount since it was recorded.</param>
    public RepaymentCase ToCase(long? fourEyesAboveMinor) => new()
    {
        Status = Status,
        AmountMinor = AmountMinor,
        FirstApprovedBy = FirstApprovedBy,
        FourEyesAboveMinor = fourEyesAboveMinor,
        RecordedBy = RecordedBy == CustomerId ? null : RecordedBy,
    };
}
