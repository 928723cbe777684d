using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Installments;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Terms;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Loans;

/// <summary>
/// Lists the fees and penalties of a loan to its customer, with their reasons. Penalties of the terms are among them.
/// </summary>
public sealed class ListCharges(NpgsqlDataSource database, OrganisationDirectory organisations, TimeProvider time)
    : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("List the fees and penalties of a loan with their reasons")
            .Returns<IReadOnlyList<LoanChargeView>>()
            .Refuses(Refusals.NotFound("loan application"), Refusals.LoanNotDisbursed("APPROVED"));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var found = await ShownLoan.FindAsync(connection, call, time.GetUtcNow());
        if (found.IsRefused)
            return Answer.Refused(found.Refusal);
        var stored = found.Value;
        var organisation = await organisations.GetAsync(stored.OrganisationId, call.Cancellation);
        var records = await EventRecordStore.ListAsync(connection, stored, call.Cancellation);
        var loan = stored.Replay(organisation.Today(time));
        return Answer.Success<IReadOnlyList<LoanChargeView>>([
            .. loan.Charges.Select(charge => LoanChargeView.Of(stored, loan, charge, records)),
        ]);
    }
}

/// <summary>A fee or penalty of a loan, for its customer.</summary>
/// <param name="Id">The charge's id.</param>
/// <param name="Kind"><c>FEE</c> or <c>PENALTY</c>.</param>
/// <param name="Amount">The amount that was charged.</param>
/// <param name="ChargedOn">The day from which it is owed.</param>
/// <param name="DueDate">The day on which it falls due.</param>
/// <param name="InstallmentNumber">The installment that it is part of.</param>
/// <param name="PaidAmount">What was paid of it.</param>
/// <param name="WaivedAmount">What was waived of it.</param>
/// <param name="OutstandingAmount">What is still owed of it.</param>
/// <param name="Reason">Why it was charged; null if no reason was given.</param>
public sealed record LoanChargeView(
    LoanEventId Id,
    ChargeKind Kind,
    Money Amount,
    DateOnly ChargedOn,
    DateOnly DueDate,
    int InstallmentNumber,
    Money PaidAmount,
    Money WaivedAmount,
    Money OutstandingAmount,
    string? Reason
)
{
    public static LoanChargeView Of(
        StoredLoan stored,
        Loan loan,
        LoanCharge charge,
        IReadOnlyDictionary<LoanEventId, EventRecord> records
    )
    {
        var isOfficers = records.TryGetValue(charge.EventId, out var record);
        return new LoanChargeView(
            charge.EventId,
            charge.Kind,
            charge.Amount,
            loan.Transactions.First(one => one.EventId == charge.EventId).On,
            charge.DueOn,
            charge.InstallmentNumber,
            charge.Paid,
            charge.Waived,
            charge.Outstanding,
            isOfficers ? record!.Reason : ReasonOf(charge, loan.Terms.OverduePenalty)
        );
    }

    // The figures from which a penalty of the terms follows.
    private static string ReasonOf(LoanCharge charge, OverduePenalty? penalty)
    {
        var late = $"Installment {charge.InstallmentNumber} was not paid in time";
        if (penalty is null || charge.Overdue is not { } overdue)
            return $"{late}.";
        var debt = penalty.Of == OverduePenaltyBase.PrincipalOverdue ? "principal" : "principal and interest";
        var price = penalty.Amount is { } amount
            ? $"{amount} per penalty"
            : FormattableString.Invariant($"{penalty.Percent} % of {overdue} overdue {debt}");
        var limit = penalty.CapPercent is { } cap
            ? FormattableString.Invariant($", in all at most {cap} % of the installment")
            : "";
        return $"{late}: {price}{limit}.";
    }
}
