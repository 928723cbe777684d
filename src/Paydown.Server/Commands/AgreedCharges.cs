using System.Text.Json.Nodes;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;

namespace Paydown.Server.Commands;

/// <summary>
/// The charges of a scenario that are agreed with the loan. A fee with every installment becomes one charge per
/// installment. A fee at disbursement is deducted from the amount paid out and never owed.
/// </summary>
internal sealed class AgreedCharges
{
    private readonly List<ScenarioCharge> charges = [];
    private readonly Dictionary<LoanEventId, (ScenarioCharge Charge, DateOnly DueOn)> events = [];
    private readonly Dictionary<LoanEventId, Money> keptBack = [];

    /// <summary>True if a charge comes with every installment.</summary>
    public bool IsAny => charges.Exists(charge => charge.Time == ScenarioChargeTime.Installment);

    public void Agree(ScenarioCharge charge) => charges.Add(charge);

    /// <summary>The fees deducted from a disbursement.</summary>
    public Money KeptBackOf(LoanTransaction disbursement) =>
        keptBack.GetValueOrDefault(disbursement.EventId, Money.Zero(disbursement.Amount.Currency));

    /// <summary>The fees deducted from all disbursements of a loan.</summary>
    public Money KeptBack(Loan loan) => Money.Sum(keptBack.Values, loan.Terms.Currency);

    /// <summary>Adds the fees of a disbursement.</summary>
    /// <param name="disbursementId">The disbursement.</param>
    /// <param name="amount">Its amount.</param>
    /// <param name="interest">The interest that it adds to the plan.</param>
    /// <returns>The deducted fees.</returns>
    public Money KeepBack(LoanEventId disbursementId, Money amount, Money interest)
    {
        var isFirst = keptBack.Count == 0;
        var taken = charges
            .Where(charge => charge.Time == ScenarioChargeTime.Disbursement)
            .Where(charge => isFirst || charge.Of != ScenarioChargeBase.Flat);
        var fees = taken.Select(charge => charge.AmountFor(amount, interest));
        return keptBack[disbursementId] = Money.Sum(fees, amount.Currency);
    }

    /// <summary>The charges that are still to be made: due date, kind and amount of each.</summary>
    public IEnumerable<(ScenarioCharge Charge, DateOnly DueOn, Money Amount)> Missing(Loan loan)
    {
        foreach (var charge in charges.Where(charge => charge.Time == ScenarioChargeTime.Installment))
        foreach (var row in loan.Installments.Where(row => !row.IsDownPayment && row.Due.Principal > 0))
        {
            var has = loan
                .Charges.Where(one => events.TryGetValue(one.EventId, out var made) && made == (charge, row.DueOn))
                .Select(one => one.Amount);
            var asked = charge.AmountFor(loan.Money(row.Due.Principal), loan.Money(row.Due.Interest));
            var amount = asked - Money.Sum(has, asked.Currency);
            if (amount.IsPositive)
                yield return (charge, row.DueOn, amount);
        }
    }

    /// <summary>The principal and the interest of all installments.</summary>
    public static (Money Principal, Money Interest) Planned(Loan loan) =>
        (
            loan.Money(loan.Installments.Sum(row => row.Due.Principal)),
            loan.Money(loan.Installments.Sum(row => row.Due.Interest))
        );

    /// <summary>Records the charge that was made for an installment.</summary>
    public void Made(LoanEventId eventId, ScenarioCharge charge, DateOnly dueOn) => events[eventId] = (charge, dueOn);

    /// <summary>True if a charge is part of a fee that is shown as one row.</summary>
    public bool IsPart(LoanEventId eventId) => events.ContainsKey(eventId);

    /// <summary>The rows of <c>charges</c>, one per agreed charge.</summary>
    public IEnumerable<JsonObject> Rows(Loan loan)
    {
        var (planned, none) = (Planned(loan), Money.Zero(loan.Terms.Currency));
        foreach (var charge in charges)
        {
            if (charge.Time == ScenarioChargeTime.Disbursement)
            {
                var due = charge.AmountFor(planned.Principal, planned.Interest);
                yield return ScenarioBooks.AgreedRow(charge, due, loan.Disbursed.IsPositive ? due : none, none);
                continue;
            }

            var made = loan
                .Charges.Where(one => events.TryGetValue(one.EventId, out var part) && part.Charge == charge)
                .ToArray();
            if (made.Length == 0)
                continue;
            yield return ScenarioBooks.AgreedRow(
                charge,
                Money.Sum(made.Select(one => one.Amount), none.Currency),
                Money.Sum(made.Select(one => one.Paid), none.Currency),
                Money.Sum(made.Select(one => one.Waived), none.Currency)
            );
        }
    }
}
