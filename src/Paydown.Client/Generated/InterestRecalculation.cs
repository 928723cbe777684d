namespace Paydown.Client;

/// <summary>Interest accrues on the balance really outstanding, so early and late payments change it.</summary>
public sealed partial record InterestRecalculation
{
    /// <summary>How long interest runs if the loan is closed early.</summary>
    public required PreClosure PreClosure { get; init; }

    /// <summary>What an early payment does to the installments.</summary>
    public required Reschedule Reschedule { get; init; }

    /// <summary>On which days payments take effect.</summary>
    public required RestFrequency RestFrequency { get; init; }

    /// <summary>Every Nth rest date counts. Null: 1.</summary>
    public int? RestInterval { get; init; }

    /// <summary>
    /// The balance that bears interest in a CUMULATIVE schedule after an early payment. ACTUAL: the balance outstanding
    /// each day. PLANNED: the planned balance less early payments, as in Apache Fineract. Null: ACTUAL.
    /// </summary>
    public InterestBalance? Balance { get; init; }

    /// <summary>Whether overdue principal keeps bearing interest. Null: true.</summary>
    public bool? InterestOnOverdue { get; init; }
}
