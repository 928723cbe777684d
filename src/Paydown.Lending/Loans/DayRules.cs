using Paydown.Lending.Amounts;

namespace Paydown.Lending.Loans;

/// <summary>What an organisation has decided about the passing of time.</summary>
public sealed record DayRules
{
    /// <summary>
    /// Grows with each change. A loan that follows an earlier version has work at the next end of day.
    /// </summary>
    public int Version { get; init; } = 1;

    /// <summary>How earned interest becomes income.</summary>
    public AccrualRule Accrual { get; init; }

    /// <summary>When a loan counts as overdue, and for how long.</summary>
    public ArrearsPolicy Arrears { get; init; } = ArrearsPolicy.Default;

    /// <summary>What is expected to be lost, by bucket; null if there is no allowance for losses.</summary>
    public ProvisionRates? Provisions { get; init; }

    /// <summary>
    /// The days on which customers are reminded of an installment: after its due date; before it: negative. See
    /// <see cref="Reminders"/>.
    /// </summary>
    public IReadOnlyList<int> ReminderDays { get; init; } = [];
}

/// <summary>What the last end of day has left about a loan.</summary>
public sealed record DayStanding
{
    /// <summary>The version of the rules that it follows; 0 if no end of day has seen it.</summary>
    public int Rules { get; init; }

    /// <summary>How its earned interest becomes income.</summary>
    public AccrualRule Accrual { get; init; }

    /// <summary>
    /// The earned interest that the ledger shows; null if the loan's interest is recognised when it is paid.
    /// </summary>
    public AccruedInterest? Accrued { get; init; }

    /// <summary>The bucket of arrears that was reported last; 0 is current.</summary>
    public int Bucket { get; init; }

    /// <summary>What is set aside for its loss; null if its organisation has no allowance.</summary>
    public Provision? Provision { get; init; }

    /// <summary>Interest that was in suspense when the loan left the books.</summary>
    public Money Lost(Currency currency) => Accrued?.Lost ?? Money.Zero(currency);
}
