using Paydown.Lending.Installments;

namespace Paydown.Lending.Repayments;

/// <summary>How far an installment has been paid.</summary>
public enum PaymentStatus
{
    Pending,
    PartiallyPaid,
    Paid,
    Overdue,
}

/// <summary>The payment status of an installment on a day.</summary>
public static class InstallmentStanding
{
    /// <summary>
    /// Overdue wins over partly paid. An installment with nothing outstanding is paid, whether by money, a waiver or a
    /// write-off.
    /// </summary>
    public static PaymentStatus StatusOn(this Installment installment, DateOnly day)
    {
        if (installment.IsPaid)
            return PaymentStatus.Paid;
        if (installment.DueOn < day)
            return PaymentStatus.Overdue;
        return installment.Paid.Total > 0 ? PaymentStatus.PartiallyPaid : PaymentStatus.Pending;
    }

    /// <summary>Days since the due date of an installment that is not paid; 0 for all others.</summary>
    public static int DaysOverdueOn(this Installment installment, DateOnly day) =>
        installment.StatusOn(day) == PaymentStatus.Overdue ? day.DayNumber - installment.DueOn.DayNumber : 0;
}
