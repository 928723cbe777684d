namespace Paydown.Client;

/// <summary>The interest that a loan has earned by the end of a day.</summary>
public sealed partial record AccruedInterest
{
    /// <summary>The day.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>Earned by the end of the day and unpaid: the sum over the installments.</summary>
    public required decimal Unpaid { get; init; }

    /// <summary>The part of it that is in suspense, because the loan is long past due.</summary>
    public required decimal InSuspense { get; init; }

    /// <summary>The last day whose interest is income; null if the interest of all days is.</summary>
    public required DateOnly? NonAccrualAfter { get; init; }

    /// <summary>What the ledger shows as interest receivable, by the dates of its entries.</summary>
    public required decimal InLedger { get; init; }

    /// <summary>Earned and unpaid, but not in the ledger by the day: the next posting day recognises it.</summary>
    public required decimal NotRecognised { get; init; }

    /// <summary>The installments that have interest.</summary>
    public required IReadOnlyList<AccruedInstallment> Installments { get; init; }
}
