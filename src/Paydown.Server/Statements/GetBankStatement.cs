using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Statements;

/// <summary>Shows a bank statement, and how many of its entries became what.</summary>
public sealed class GetBankStatement(NpgsqlDataSource database) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Show a bank statement and what became of its entries")
            .Returns<BankStatementDetails>()
            .Refuses(Refusals.NotFound("bank statement"));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var statement = await BankStatementStore.FindAsync(
            connection,
            call.Caller.OrganisationId,
            call.Path(StatementRoutes.StatementId),
            call.Cancellation
        );
        if (statement is null)
            return Answer.Refused(Refusals.NotFound("bank statement"));
        var states = await EntryListStore.CountAsync(connection, statement, call.Cancellation);
        return Answer.Success(new BankStatementDetails(statement, states));
    }
}

/// <summary>A bank statement with its entries by state.</summary>
/// <param name="Statement">The statement.</param>
/// <param name="States">The states of the entries that it added; a state without entries is left out.</param>
public sealed record BankStatementDetails(BankStatementView Statement, IReadOnlyList<EntryCount> States);

/// <summary>The entries in one state.</summary>
/// <param name="State">The state.</param>
/// <param name="Count">The number of entries.</param>
/// <param name="Amount">Their sum; money out is subtracted.</param>
public sealed record EntryCount(EntryState State, int Count, Money Amount);
