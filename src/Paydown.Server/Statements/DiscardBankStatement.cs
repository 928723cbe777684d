using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Statements;

/// <summary>An officer discards a held statement, for example a file that was cut. It can still be confirmed.</summary>
public sealed class DiscardBankStatement(SingleWrites writes, HeldStatements held) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Discard a held bank statement")
            .Returns<BankStatementView>()
            .Refuses(Refusals.NotFound("bank statement"), Refusals.StatementTaken());

    public ValueTask<Answer> HandleAsync(Call call) =>
        writes.RunAsync(call, (connection, context) => held.DiscardAsync(connection, call, context));
}
