using System.Text.Json;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.BankAccounts;

/// <summary>A manager adds a bank, renames one, or says that its account numbers have no check digit.</summary>
public sealed class ChangeBank(SingleWrites writes, Ids ids) : IUseCase
{
    /// <summary>The bank's name.</summary>
    internal static readonly Field<string> BankName = Field
        .Text("bankName", "The bank's name.", 1, 100)
        .WithExample("Example Microfinance Bank");

    /// <summary>Whether account numbers have a check digit.</summary>
    internal static readonly Field<bool> HasNuban = Field
        .Boolean("hasNuban", "False if its account numbers have no NUBAN check digit. Absent: true.")
        .Or(true)
        .WithExample(true);

    public static Contract Contract { get; } =
        new Contract("Add a bank, or change how it is listed")
            .Reads(BankName, HasNuban)
            .Returns<ListedBank>()
            .Refuses(Refusals.BankCodeInvalid());

    /// <summary>True if a code has the form under which a bank can be listed.</summary>
    internal static bool IsCode(string code) => code.Length is 3 or 6 && code.All(char.IsAsciiDigit);

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var bank = new Bank(call.Path(BankAccountRoutes.BankCode), call.Body.Get(BankName).Trim())
        {
            HasNuban = call.Body.Get(HasNuban),
        };
        if (!IsCode(bank.BankCode))
            return Answer.Refused(Refusals.BankCodeInvalid());
        return await writes.RunAsync(
            call,
            async (connection, context) =>
            {
                var organisationId = call.Caller.OrganisationId;
                await BankStore.SetAsync(connection, organisationId, bank, call.Cancellation);
                await AuditAsync(connection, organisationId, "BANK_CHANGED", ListedBank.Of(bank), context, ids);
                return Answer.Success(ListedBank.Of(bank), "The bank is listed.");
            }
        );
    }

    internal static async Task AuditAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        string action,
        object detail,
        ActionContext context,
        Ids ids
    )
    {
        await using var batch = new NpgsqlBatch(connection);
        AuditTrail.AddTo(
            batch,
            [
                new(
                    organisationId,
                    organisationId.AsSubject,
                    context,
                    new(ids.Next<AuditEntryId>(), action, JsonSerializer.Serialize(detail, Wire.Options))
                ),
            ]
        );
        await batch.ExecuteNonQueryAsync();
    }
}
