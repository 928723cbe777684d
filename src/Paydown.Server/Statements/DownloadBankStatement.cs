using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Statements;

/// <summary>Returns the file of a bank statement as it was imported, byte for byte.</summary>
public sealed class DownloadBankStatement(NpgsqlDataSource database) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Download the file of a bank statement as it was imported")
            .ReturnsFile()
            .Refuses(Refusals.NotFound("bank statement"));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var connection = await database.OpenConnectionAsync(call.Cancellation);
        call.Http.Response.RegisterForDisposeAsync(connection);
        var file = await BankStatementStore.OpenFileAsync(
            connection,
            call.Caller.OrganisationId,
            call.Path(StatementRoutes.StatementId),
            call.Cancellation
        );
        if (file is null)
            return Answer.Refused(Refusals.NotFound("bank statement"));
        // Registered later, so it is disposed before the connection.
        call.Http.Response.RegisterForDisposeAsync(file);
        return Answer.File(
            ContentTypeOf(file.Format),
            file.Name,
            (body, aborted) => file.CopyToAsync(body.AsStream(leaveOpen: true), aborted),
            file.Length
        );
    }

    // Without a character set: the bytes are those of the bank.
    private static string ContentTypeOf(string format) =>
        format.StartsWith("camt.", StringComparison.Ordinal) ? "application/xml"
        : format == "CSV" ? "text/csv"
        : "text/plain";
}
