namespace Paydown.Client;

/// <summary>The interest of one installment that is earned by the end of a day.</summary>
public sealed partial record AccruedInstallment
{
    /// <summary>The installment, from 1.</summary>
    public required int InstallmentNumber { get; init; }

    /// <summary>The first day that earns it.</summary>
    public required DateOnly FromDate { get; init; }

    /// <summary>Its due date.</summary>
    public required DateOnly DueDate { get; init; }

    /// <summary>What the installment asks for in the end, as far as it is known on the day.</summary>
    public required decimal Interest { get; init; }

    /// <summary>The days that earn it.</summary>
    public required int Days { get; init; }

    /// <summary>Those that have passed.</summary>
    public required int DaysElapsed { get; init; }

    /// <summary>Earned by the end of the day.</summary>
    public required decimal Earned { get; init; }

    /// <summary>The part that is paid.</summary>
    public required decimal Paid { get; init; }

    /// <summary>Earned and not paid.</summary>
    public required decimal Unpaid { get; init; }
}
