using System.Text.Json.Nodes;
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
    private readonly Dictionary<LoanEventId, long> keptBack = [];

    public void Agree(ScenarioCharge charge) => charges.Add(charge);

    /// <summary>The fees deducted from a disbursement, in minor units.</summary>
    public long KeptBackOf(LoanEventId disbursementId) => keptBack.GetValueOrDefault(disbursementId);

    /// <summary>The fees deducted from all disbursements, in minor units.</summary>
    public long KeptBack => keptBack.Values.Sum();

    /// <summary>Adds the fees of a disbursement.</summary>
    /// <param name="disbursementId">The disbursement.</param>
    /// <param name="amountMinor">Its amount, in minor units.</param>
    /// <param name="interestMinor">The interest that it adds to the plan, in minor units.</param>
    /// <returns>The deducted fees, in minor units.</returns>
    public long KeepBack(LoanEventId disbursementId, long amountMinor, long interestMinor)
    {
        var isFirst = keptBack.Count == 0;
        var fee = charges
            .Where(charge => charge.Time == ScenarioChargeTime.Disbursement)
            .Where(charge => isFirst || charge.Of != ScenarioChargeBase.Flat)
            .Sum(charge => charge.AmountFor(amountMinor, interestMinor));
        return keptBack[disbursementId] = fee;
    }

    /// <summary>The charges that are still to be made: due date, kind and amount of each.</summary>
    public IEnumerable<(ScenarioCharge Charge, DateOnly DueOn, long AmountMinor)> Missing(Loan loan)
    {
        foreach (var charge in charges.Where(charge => charge.Time == ScenarioChargeTime.Installment))
        foreach (var row in loan.Installments.Where(row => !row.IsDownPayment && row.Due.Principal > 0))
        {
            var has = loan
                .Charges.Where(one => events.TryGetValue(one.EventId, out var made) && made == (charge, row.DueOn))
                .Sum(one => one.AmountMinor);
            var amount = charge.AmountFor(row.Due.Principal, row.Due.Interest) - has;
            if (amount > 0)
                yield return (charge, row.DueOn, amount);
        }
    }

    /// <summary>Records the charge that was made for an installment.</summary>
    public void Made(LoanEventId eventId, ScenarioCharge charge, DateOnly dueOn) => events[eventId] = (charge, dueOn);

    /// <summary>True if a charge is part of a fee that is shown as one row.</summary>
    public bool IsPart(LoanEventId eventId) => events.ContainsKey(eventId);

    /// <summary>The rows of <c>charges</c>, one per agreed charge.</summary>
    public IEnumerable<JsonObject> Rows(Loan loan)
    {
        var (principal, interest) = (
            loan.Installments.Sum(row => row.Due.Principal),
            loan.Installments.Sum(row => row.Due.Interest)
        );
        foreach (var charge in charges)
        {
            if (charge.Time == ScenarioChargeTime.Disbursement)
            {
                var due = charge.AmountFor(principal, interest);
                var paid = loan.DisbursedMinor > 0 ? due : 0;
                yield return ScenarioBooks.AgreedRow(charge, (due, paid, 0), loan.Terms.Currency);
                continue;
            }

            var made = loan
                .Charges.Where(one => events.TryGetValue(one.EventId, out var part) && part.Charge == charge)
                .ToArray();
            if (made.Length == 0)
                continue;
            yield return ScenarioBooks.AgreedRow(
                charge,
                (made.Sum(one => one.AmountMinor), made.Sum(one => one.PaidMinor), made.Sum(one => one.WaivedMinor)),
                loan.Terms.Currency
            );
        }
    }
}
