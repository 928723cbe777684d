using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Installments;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Loans;

/// <summary>
/// Lists the fees and penalties of a loan for officers, with the ids that a waiver takes. Penalties made by the loan's
/// terms are included.
/// </summary>
public sealed class ListChargesForOfficers(
    NpgsqlDataSource database,
    OrganisationDirectory organisations,
    TimeProvider time
) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("List the fees and penalties of a loan")
            .Returns<IReadOnlyList<ListedCharge>>()
            .Refuses(Refusals.NotFound("loan account"));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var stored = await LoanStore.FindInOrganisationAsync(
            connection,
            call.Caller.OrganisationId,
            call.Path(LoanRoutes.AccountId),
            forUpdate: false,
            call.Cancellation
        );
        if (stored is null)
            return Answer.Refused(Refusals.NotFound("loan account"));
        var organisation = await organisations.GetAsync(stored.OrganisationId, call.Cancellation);
        var records = await EventRecordStore.ListAsync(connection, stored, call.Cancellation);
        var loan = stored.Replay(organisation.Today(time));
        return Answer.Success<IReadOnlyList<ListedCharge>>([
            .. loan.Charges.Select(charge => ListedCharge.Of(stored, loan, charge, records)),
        ]);
    }
}

/// <summary>A fee or penalty of a loan, for officers.</summary>
/// <param name="Id">The charge's id, which waiving or undoing it takes.</param>
/// <param name="Kind"><c>FEE</c> or <c>PENALTY</c>.</param>
/// <param name="Amount">The amount that was charged.</param>
/// <param name="ChargedOn">The day from which it is owed.</param>
/// <param name="DueDate">The day on which it falls due.</param>
/// <param name="InstallmentNumber">The installment that it is part of.</param>
/// <param name="PaidAmount">What was paid of it.</param>
/// <param name="WaivedAmount">What was waived of it.</param>
/// <param name="Unpaid">What is unpaid and can still be waived.</param>
/// <param name="Reason">Why it was charged; null if no reason was given.</param>
/// <param name="ChargedBy">The officer who charged it; null for a penalty that the loan's terms made.</param>
public sealed record ListedCharge(
    LoanEventId Id,
    ChargeKind Kind,
    Money Amount,
    DateOnly ChargedOn,
    DateOnly DueDate,
    int InstallmentNumber,
    Money PaidAmount,
    Money WaivedAmount,
    Money Unpaid,
    string? Reason,
    UserId? ChargedBy
)
{
    public static ListedCharge Of(
        StoredLoan stored,
        Loan loan,
        LoanCharge charge,
        IReadOnlyDictionary<LoanEventId, EventRecord> records
    )
    {
        var shown = LoanChargeView.Of(stored, loan, charge, records);
        return new ListedCharge(
            charge.EventId,
            charge.Kind,
            shown.Amount,
            shown.ChargedOn,
            charge.DueOn,
            charge.InstallmentNumber,
            shown.PaidAmount,
            shown.WaivedAmount,
            shown.OutstandingAmount,
            shown.Reason,
            records.GetValueOrDefault(charge.EventId)?.RecordedBy
        );
    }
}
