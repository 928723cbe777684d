using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Loans;

/// <summary>
/// Explains the interest that a loan has earned by the end of a day, installment by installment, and what the ledger
/// has of it. A past day is shown as it is known now: with payments that were recorded later, without what was
/// reversed.
/// </summary>
public sealed class GetAccruedInterest(
    NpgsqlDataSource database,
    OrganisationDirectory organisations,
    TimeProvider time
) : IUseCase
{
    private static readonly Field<DateOnly?> AsOf = Field
        .Date("asOf", "The day, not after today. Absent: today.")
        .Optional();

    public static Contract Contract { get; } =
        new Contract("Explain the interest that a loan has earned by a day")
            .Takes(AsOf)
            .Returns<AccruedInterestView>()
            .Refuses(Refusals.NotFound("loan account"), Refusals.ValidationFailed());

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        var today = organisation.Today(time);
        var day = call.Query.Get(AsOf) ?? today;
        if (day > today)
            return Answer.Refused(Refusals.ValidationFailed(new FieldError(AsOf.Name, "must not be after today.")));
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var stored = await LoanStore.FindInOrganisationAsync(
            connection,
            organisation.Id,
            call.Path(LoanRoutes.AccountId),
            forUpdate: false,
            call.Cancellation
        );
        if (stored is null)
            return Answer.Refused(Refusals.NotFound("loan account"));
        var booked = await ReadBookedAsync(connection, stored, day, call.Cancellation);
        return Answer.Success(AccruedInterestView.Of(stored, day, booked));
    }

    private static async Task<Money> ReadBookedAsync(
        NpgsqlConnection connection,
        StoredLoan stored,
        DateOnly day,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            """
            select coalesce(sum(amount), 0)::bigint from posting
            where customer_id = $1 and account_id = $2 and effective_on <= $3 and ledger_account = 'INTEREST_RECEIVABLE'
            """,
            connection
        )
        {
            Parameters = { Sql.Value(stored.CustomerId), Sql.Value(stored.Id), Sql.Value(day) },
        };
        return stored.Money((long)(await command.ExecuteScalarAsync(cancellation))!);
    }
}

/// <summary>The interest that a loan has earned by the end of a day.</summary>
public sealed record AccruedInterestView
{
    /// <summary>The day.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>Earned by the end of the day and unpaid: the sum over the installments.</summary>
    public required Money Unpaid { get; init; }

    /// <summary>The part of it that is in suspense, because the loan is long past due.</summary>
    public required Money InSuspense { get; init; }

    /// <summary>The last day whose interest is income; null if the interest of all days is.</summary>
    public required DateOnly? NonAccrualAfter { get; init; }

    /// <summary>What the ledger shows as interest receivable, by the dates of its entries.</summary>
    public required Money InLedger { get; init; }

    /// <summary>Earned and unpaid, but not in the ledger by the day: the next posting day recognises it.</summary>
    public required Money NotRecognised { get; init; }

    /// <summary>The installments that have interest.</summary>
    public required IReadOnlyList<AccruedInstallment> Installments { get; init; }

    internal static AccruedInterestView Of(StoredLoan stored, DateOnly day, Money booked)
    {
        var known = PastEvents.Through(stored.Events, day);
        var after = stored.Standing.Accrual.SuspendedAfterDays;
        var earned = EarnedInterest.Unpaid(stored.Terms, known, day, after);
        return new AccruedInterestView
        {
            AsOf = day,
            Unpaid = earned.Unpaid,
            InSuspense = earned.Suspended,
            NonAccrualAfter = after is { } days
                ? NonAccrual.LastIncomeOn(Loan.Replay(stored.Terms, known, day), days)
                : null,
            InLedger = booked,
            NotRecognised = earned.Unpaid - booked,
            Installments =
            [
                .. EarnedInterest
                    .ByInstallment(stored.Terms, known, day)
                    .Select(row => new AccruedInstallment
                    {
                        InstallmentNumber = row.Number,
                        FromDate = row.FromOn,
                        DueDate = row.DueOn,
                        Interest = row.Whole,
                        Days = row.DueOn.DayNumber - row.FromOn.DayNumber,
                        DaysElapsed = Math.Clamp(
                            day.DayNumber - row.FromOn.DayNumber,
                            0,
                            row.DueOn.DayNumber - row.FromOn.DayNumber
                        ),
                        Earned = row.Earned,
                        Paid = row.Paid,
                        Unpaid = row.Unpaid,
                    }),
            ],
        };
    }
}

/// <summary>The interest of one installment that is earned by the end of a day.</summary>
public sealed record AccruedInstallment
{
    /// <summary>The installment, from 1.</summary>
    public required int InstallmentNumber { get; init; }

    /// <summary>The first day that earns it.</summary>
    public required DateOnly FromDate { get; init; }

    /// <summary>Its due date.</summary>
    public required DateOnly DueDate { get; init; }

    /// <summary>What the installment asks for in the end, as far as it is known on the day.</summary>
    public required Money Interest { get; init; }

    /// <summary>The days that earn it.</summary>
    public required int Days { get; init; }

    /// <summary>Those that have passed.</summary>
    public required int DaysElapsed { get; init; }

    /// <summary>Earned by the end of the day.</summary>
    public required Money Earned { get; init; }

    /// <summary>The part that is paid.</summary>
    public required Money Paid { get; init; }

    /// <summary>Earned and not paid.</summary>
    public required Money Unpaid { get; init; }
}
