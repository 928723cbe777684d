using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Statements;

/// <summary>Sums up the money that waits for an officer: how many entries, how much, and since when.</summary>
public sealed class SumUnmatchedPayments(
    NpgsqlDataSource database,
    OrganisationDirectory organisations,
    TimeProvider time
) : IUseCase
{
    private const string Sum = """
        select e.currency_code, count(*)::int as count, sum(s.amount)::bigint as total, min(s.booked_on) as oldest_on
        from entry_standing s join statement_entry e on e.id = s.entry_id
        where s.organisation_id = $1 and s.state in ('TO_DECIDE', 'UNMATCHED')
        group by e.currency_code order by e.currency_code
        """;

    public static Contract Contract { get; } =
        new Contract("Sum up the bank entries that nobody has identified").Returns<IReadOnlyList<UnmatchedTotal>>();

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        var today = organisation.Today(time);
        await using var command = database.CreateCommand(Sum);
        command.Parameters.Add(Sql.Value(organisation.Id));
        await using var reader = await command.ExecuteReaderAsync(call.Cancellation);
        var totals = new List<UnmatchedTotal>();
        while (await reader.ReadAsync(call.Cancellation))
        {
            var (currency, oldestOn) = (reader.Currency("currency_code"), reader.Date("oldest_on"));
            totals.Add(
                new(
                    currency.Code,
                    reader.Integer("count"),
                    reader.Money("total", currency),
                    oldestOn,
                    today.DayNumber - oldestOn.DayNumber
                )
            );
        }

        return Answer.Success<IReadOnlyList<UnmatchedTotal>>(totals);
    }
}

/// <summary>The bank entries of a currency that wait for an officer.</summary>
/// <param name="CurrencyCode">The currency, ISO 4217.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Total">Their sum: the balance of <c>UNIDENTIFIED_RECEIPTS</c>, with the other sign.</param>
/// <param name="OldestOn">The booking date of the oldest.</param>
/// <param name="OldestAgeInDays">The days since then.</param>
public sealed record UnmatchedTotal(
    string CurrencyCode,
    int Count,
    Money Total,
    DateOnly OldestOn,
    int OldestAgeInDays
);
