using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Customers;

/// <summary>A manager removes an entry from the blacklist. Applications that it rejected stay rejected.</summary>
public sealed class RemoveFromBlacklist(SingleWrites writes, Ids ids) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Remove an entry from the blacklist")
            .Returns<BlacklistEntry>()
            .Refuses(Refusals.NotFound("blacklist entry"));

    public ValueTask<Answer> HandleAsync(Call call) =>
        writes.RunAsync(
            call,
            async (connection, context) =>
            {
                var organisationId = call.Caller.OrganisationId;
                var id = call.Path(CustomerRoutes.BlacklistEntryId);
                var removed = await BlacklistStore.RemoveAsync(connection, organisationId, id, call.Cancellation);
                if (removed is null)
                    return Answer.Refused(Refusals.NotFound("blacklist entry"));
                await AddToBlacklist.AuditAsync(
                    connection,
                    organisationId,
                    "BLACKLIST_ENTRY_REMOVED",
                    removed,
                    context,
                    ids
                );
                return Answer.Success(removed, "The entry is removed.");
            }
        );
}
