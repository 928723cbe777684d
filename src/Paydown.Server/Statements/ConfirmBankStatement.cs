using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Statements;

/// <summary>
/// An officer confirms a held statement: its entries are stored as they are, although its balances do not add up.
/// </summary>
public sealed class ConfirmBankStatement(SingleWrites writes, HeldStatements held) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Take the entries of a held bank statement")
            .Returns<BankStatementView>()
            .Refuses(
                Refusals.NotFound("bank statement"),
                Refusals.StatementTaken(),
                Refusals.ImportRunning(),
                Refusals.BankStatementUnreadable("Line 12, :61:: the amount has no comma; write 12,50.")
            );

    public ValueTask<Answer> HandleAsync(Call call) =>
        writes.RunAsync(call, (connection, context) => held.ConfirmAsync(connection, call, context));
}
