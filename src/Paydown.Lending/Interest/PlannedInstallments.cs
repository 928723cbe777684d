using Paydown.Lending.Schedules;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Interest;

/// <summary>
/// The planned principal of each installment of a cumulative loan, and how early money changes the later ones.
/// Amounts in minor units.
/// </summary>
internal sealed class PlannedInstallments
{
    private readonly LoanTerms terms;
    private readonly DateOnly startOn;
    private long installment;
    private long prepaid;

    public PlannedInstallments(LoanTerms terms, long principal, DateOnly startOn)
    {
        (this.terms, this.startOn) = (terms, startOn);
        installment = InstallmentFor(principal, done: 0);
    }

    /// <summary>The principal of an installment.</summary>
    /// <param name="number">From 1.</param>
    /// <param name="interest">Its interest.</param>
    /// <param name="planned">The principal that is planned to be outstanding before it.</param>
    public long PrincipalOf(int number, long interest, long planned)
    {
        if (number == terms.NumberOfInstallments)
            return planned;
        if (number <= terms.GracePrincipal)
            return 0;
        var wanted = terms.Amortization == Amortization.EqualPrincipal ? installment : installment - interest;
        var principal = Math.Clamp(wanted, 0, planned);
        var skipped = Math.Min(principal, prepaid);
        prepaid -= skipped;
        return principal - skipped;
    }

    /// <summary>Principal was paid beyond an installment.</summary>
    /// <param name="surplus">How much.</param>
    /// <param name="balance">The principal that is planned to be outstanding after it.</param>
    /// <param name="number">Of the installment, from 1.</param>
    public void Reschedule(long surplus, long balance, int number)
    {
        var rule = terms.Recalculation!.Reschedule;
        if (rule == Terms.Reschedule.RescheduleNextRepayments)
            prepaid += surplus;
        else if (rule == Terms.Reschedule.ReduceEmiAmount && balance > 0 && number < terms.NumberOfInstallments)
            installment = InstallmentFor(balance, number);
    }

    private long InstallmentFor(long balance, int done) =>
        DecliningSchedule.RecalculatedInstallment(terms, balance, done, startOn);
}
