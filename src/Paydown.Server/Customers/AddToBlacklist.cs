using System.Text.Json;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Customers;

/// <summary>A manager adds people to whom the organisation does not lend. Their next application is rejected.</summary>
public sealed class AddToBlacklist(SingleWrites writes, Ids ids) : IUseCase
{
    /// <summary>What identifies them.</summary>
    internal static readonly Field<BlacklistKind> Kind = Field
        .OneOf<BlacklistKind>("kind", "What identifies the people.")
        .WithExample("BVN");

    /// <summary>The number or address.</summary>
    internal static readonly Field<string> Value = Field
        .Text(
            "value",
            "A bank verification number of 11 digits, an e-mail address, or a phone number with + and dialing code.",
            1,
            254
        )
        .WithExample("22345678999");

    /// <summary>Why.</summary>
    internal static readonly Field<string> Reason = Field
        .Text("reason", "Why the organisation does not lend to them. Customers never see it.", 1, 500)
        .WithExample("Fraud in 2025");

    public static Contract Contract { get; } =
        new Contract("Add people to the blacklist")
            .Reads(Kind, Value, Reason)
            .Returns<BlacklistEntry>()
            .Refuses(Refusals.BlacklistEntryExists(), Refusals.ValidationFailed());

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var value = BlacklistEntry.Tidied(call.Body.Get(Kind), call.Body.Get(Value));
        if (value.IsRefused)
            return Answer.Refused(value.Refusal);
        return await writes.RunAsync(
            call,
            async (connection, context) =>
            {
                var organisationId = call.Caller.OrganisationId;
                var entry = new BlacklistEntry(
                    ids.Next<BlacklistEntryId>(),
                    call.Body.Get(Kind),
                    value.Value,
                    call.Body.Get(Reason),
                    context.At
                );
                if (!await BlacklistStore.AddAsync(connection, organisationId, entry, call.Cancellation))
                    return Answer.Refused(Refusals.BlacklistEntryExists());
                await AuditAsync(connection, organisationId, "BLACKLIST_ENTRY_ADDED", entry, context, ids);
                return Answer.Success(entry, "The entry is added.");
            }
        );
    }

    internal static async Task AuditAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        string action,
        BlacklistEntry entry,
        ActionContext context,
        Ids ids
    )
    {
        var detail = JsonSerializer.Serialize(
            new
            {
                entry.Id,
                entry.Kind,
                entry.Reason,
            },
            Wire.Options
        );
        await using var batch = new NpgsqlBatch(connection);
        AuditTrail.AddTo(
            batch,
            [new(organisationId, organisationId.AsSubject, context, new(ids.Next<AuditEntryId>(), action, detail))]
        );
        await batch.ExecuteNonQueryAsync();
    }
}
