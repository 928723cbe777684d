using Npgsql;
using Paydown.Lending;
using Paydown.Lending.Loans;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Loans;

/// <summary>
/// Lists the fees and penalties of a loan for its officers, those among them that the terms made, by the ids that a
/// waiver names.
/// </summary>
public sealed class ListCharges(NpgsqlDataSource database, OrganisationDirectory organisations, TimeProvider time)
{
    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var file = await LoanStore.FindInOrganisationAsync(
            connection, organisation.Id, call.PathId("accountId"), forUpdate: false, call.Cancellation);
        if (file is null) return Answer.Refused(Refusals.NotFound("loan account"));
        var loan = file.Replay(organisation.Today(time));
        return Answer.Success<IReadOnlyList<ListedCharge>>(
            [.. loan.Transactions.Where(WaiverRules.IsStandingCharge).Select(one => ListedCharge.Of(file, loan, one))]);
    }
}

/// <summary>A fee or a penalty of a loan.</summary>
/// <param name="Id">What a waiver names.</param>
/// <param name="Kind">Which of the two.</param>
/// <param name="Amount">As it was charged.</param>
/// <param name="ChargedOn">The day from which it is owed.</param>
/// <param name="Unpaid">What can still be waived of it.</param>
public sealed record ListedCharge(Guid Id, ChargeKind Kind, Money Amount, DateOnly ChargedOn, Money Unpaid)
{
    public static ListedCharge Example { get; } = new(
        Guid.Parse("01957ad2-7c00-7000-8000-000000000006"), ChargeKind.Fee,
        new Money(150_000, Currency.Get("NGN")), new DateOnly(2026, 1, 31), new Money(50_000, Currency.Get("NGN")));

    public static ListedCharge Of(LoanFile file, Loan loan, LoanTransaction charge) => new(
        charge.EventId, charge.Parts.Penalty > 0 ? ChargeKind.Penalty : ChargeKind.Fee, file.Money(charge.AmountMinor),
        charge.On, WaiverRules.Unpaid(loan, file.Events, charge.EventId));
}
