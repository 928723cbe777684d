using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Loans;

/// <summary>
/// Lists the fees and penalties of a loan and what was paid and waived of each, including those that the loan's terms
/// made. Officers get the ids that a waiver takes; customers see their own loan.
/// </summary>
public sealed class ListCharges(NpgsqlDataSource database, OrganisationDirectory organisations, TimeProvider time)
{
    /// <summary>For officers; the path names the account.</summary>
    public async ValueTask<Answer> HandleAsync(Call call)
    {
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var stored = await LoanStore.FindInOrganisationAsync(
            connection,
            call.Caller.OrganisationId,
            call.PathId("accountId"),
            forUpdate: false,
            call.Cancellation
        );
        if (stored is null)
            return Answer.Refused(Refusals.NotFound("loan account"));
        var (loan, records) = await ReadAsync(connection, call, stored);
        return Answer.Success<IReadOnlyList<ListedCharge>>([
            .. loan.Charges.Select(charge => ListedCharge.Of(stored, loan, charge, records)),
        ]);
    }

    /// <summary>For the customer; the path names the application, or the account of a loan without one.</summary>
    public async ValueTask<Answer> HandleForCustomerAsync(Call call)
    {
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var found = await ShownLoan.FindAsync(connection, call, time.GetUtcNow());
        if (found.IsRefused)
            return Answer.Refused(found.Refusal);
        var stored = found.Value;
        var (loan, records) = await ReadAsync(connection, call, stored);
        return Answer.Success<IReadOnlyList<LoanChargeView>>([
            .. loan.Charges.Select(charge => LoanChargeView.Of(stored, loan, charge, records)),
        ]);
    }

    private async Task<(Loan Loan, IReadOnlyDictionary<Guid, EventRecord> Records)> ReadAsync(
        NpgsqlConnection connection,
        Call call,
        StoredLoan stored
    )
    {
        var organisation = await organisations.GetAsync(stored.OrganisationId, call.Cancellation);
        var records = await EventRecordStore.ListAsync(connection, stored, call.Cancellation);
        return (stored.Replay(organisation.Today(time)), records);
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
    Guid Id,
    ChargeKind Kind,
    Money Amount,
    DateOnly ChargedOn,
    DateOnly DueDate,
    int InstallmentNumber,
    Money PaidAmount,
    Money WaivedAmount,
    Money Unpaid,
    string? Reason,
    Guid? ChargedBy
)
{
    public static ListedCharge Example { get; } =
        new(
            Guid.Parse("01957ad2-7c00-7000-8000-000000000006"),
            ChargeKind.Fee,
            Naira(150_000),
            new DateOnly(2026, 1, 31),
            new DateOnly(2026, 1, 31),
            1,
            Naira(100_000),
            Naira(0),
            Naira(50_000),
            "Returned direct debit",
            Guid.Parse("01957ad2-7c00-7000-8000-000000000005")
        );

    public static ListedCharge Of(
        StoredLoan stored,
        Loan loan,
        LoanCharge charge,
        IReadOnlyDictionary<Guid, EventRecord> records
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

    private static Money Naira(long minor) => new(minor, Currency.Get("NGN"));
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
    Guid Id,
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
    public static LoanChargeView Example { get; } =
        new(
            ListedCharge.Example.Id,
            ChargeKind.Fee,
            ListedCharge.Example.Amount,
            ListedCharge.Example.ChargedOn,
            ListedCharge.Example.DueDate,
            1,
            ListedCharge.Example.PaidAmount,
            ListedCharge.Example.WaivedAmount,
            ListedCharge.Example.Unpaid,
            ListedCharge.Example.Reason
        );

    public static LoanChargeView Of(
        StoredLoan stored,
        Loan loan,
        LoanCharge charge,
        IReadOnlyDictionary<Guid, EventRecord> records
    )
    {
        var isOfficers = records.TryGetValue(charge.EventId, out var record);
        return new LoanChargeView(
            charge.EventId,
            charge.Kind,
            stored.Money(charge.AmountMinor),
            loan.Transactions.First(one => one.EventId == charge.EventId).On,
            charge.DueOn,
            charge.InstallmentNumber,
            stored.Money(charge.PaidMinor),
            stored.Money(charge.WaivedMinor),
            stored.Money(charge.OutstandingMinor),
            isOfficers ? record!.Reason : $"Installment {charge.InstallmentNumber} was not paid in time."
        );
    }
}
