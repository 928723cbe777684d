using Npgsql;
using Paydown.Lending.Accounting;
using Paydown.Lending.Amounts;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Ledger;

/// <summary>Shows the balance of every account at the beginning and the end of a month, and what moved it.</summary>
public sealed class GetTrialBalance(NpgsqlDataSource database, OrganisationDirectory organisations, TimeProvider time)
    : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Show the trial balance of a month").Takes([LedgerMonth.Requested]).Returns<TrialBalance>();

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        var month = LedgerMonth.Of(call.Query, organisation, time);
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var accounts = await LedgerStore.ReadBalancesAsync(
            connection,
            organisation.Id,
            organisation.Currency,
            month,
            call.Cancellation
        );
        return Answer.Success(
            new TrialBalance
            {
                Month = month.ToString(),
                CurrencyCode = organisation.Currency.Code,
                Accounts = accounts,
            }
        );
    }
}

/// <summary>The balances of a month, by effective date.</summary>
public sealed record TrialBalance
{
    /// <summary>The month, for example <c>2026-01</c>.</summary>
    public required string Month { get; init; }

    /// <summary>The currency of all amounts, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>
    /// Every account of the chart, by number. The opening balances add up to zero, and so do the closing balances.
    /// </summary>
    public required IReadOnlyList<AccountBalance> Accounts { get; init; }
}

/// <summary>The balance of one account. A debit balance is positive, a credit balance negative.</summary>
public sealed record AccountBalance
{
    /// <summary>The name of the account, for example <c>LOAN_PRINCIPAL</c>.</summary>
    public required LedgerAccount Account { get; init; }

    /// <summary>The number of the account in the chart of accounts.</summary>
    public required int Number { get; init; }

    /// <summary>The class of the account. Assets and expenses grow by debits, the others by credits.</summary>
    public required AccountClass Class { get; init; }

    /// <summary>The balance before the month.</summary>
    public required Money OpeningBalance { get; init; }

    /// <summary>The debits of the month.</summary>
    public required Money Debits { get; init; }

    /// <summary>The credits of the month.</summary>
    public required Money Credits { get; init; }

    /// <summary>The balance after the month.</summary>
    public required Money ClosingBalance { get; init; }
}
