using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Platform.Identity;

/// <summary>The organisation of a request without a token.</summary>
/// <param name="Id">The id; null if the request names none and the server does not have exactly one.</param>
/// <param name="Count">The number of organisations on the server.</param>
public readonly record struct ChosenOrganisation(OrganisationId? Id, int Count);

/// <summary>The other databases of the server.</summary>
/// <param name="HasAny">True if there are any, which may have organisations.</param>
public sealed record Neighbours(bool HasAny);

/// <summary>
/// Finds the organisation of a request without a token: by id, by the host name of the request, or because there is
/// only one. The organisations are cached for a few seconds.
/// </summary>
public sealed class OrganisationHosts(NpgsqlDataSource database, TimeProvider time, Neighbours neighbours)
{
    private const int KeptSeconds = 10;
    private volatile Kept kept = new([], [], DateTimeOffset.MinValue);

    /// <summary>Returns the organisation; refused if the id is unknown or belongs to another host name.</summary>
    /// <param name="named">The id in the request; null if it has none.</param>
    /// <param name="host">The host name of the request, without a port.</param>
    /// <param name="cancellation">Cancels the query.</param>
    public async ValueTask<Result<ChosenOrganisation>> ChooseAsync(
        OrganisationId? named,
        string host,
        CancellationToken cancellation
    )
    {
        var known = time.GetUtcNow() < kept.Until ? kept : await ReadAsync(cancellation);
        // It may have just been added, here or on another server; also the first one, to a server that is running.
        if (known.Ids.Count == 0 || (named is { } wanted && !known.Ids.Contains(wanted)))
            known = await ReadAsync(cancellation);
        OrganisationId? ofHost = known.ByHost.TryGetValue(Normalize(host), out var found) ? found : null;
        if (named is { } id)
        {
            if (!known.Ids.Contains(id))
                return Refusals.OrganisationUnknown();
            if (ofHost is not null && ofHost != id)
                return Refusals.OrganisationNotOfHost(Normalize(host));
        }

        var only = known.Ids.Count == 1 && !neighbours.HasAny ? known.Ids.Single() : (OrganisationId?)null;
        // How many the other databases have is not known here, and must not show.
        return new ChosenOrganisation(named ?? ofHost ?? only, neighbours.HasAny ? int.MaxValue : known.Ids.Count);
    }

    /// <summary>Returns a host name in its stored form: lower case, without the final dot.</summary>
    public static string Normalize(string host) => host.ToLowerInvariant().TrimEnd('.');

    private async Task<Kept> ReadAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            "select o.id, h.host from organisation o left join organisation_host h on h.organisation_id = o.id"
        );
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var (ids, byHost) = (
            new HashSet<OrganisationId>(),
            new Dictionary<string, OrganisationId>(StringComparer.Ordinal)
        );
        while (await reader.ReadAsync(cancellation))
        {
            ids.Add(reader.Id<OrganisationId>("id"));
            if (!reader.IsNull("host"))
                byHost.Add(reader.Text("host"), reader.Id<OrganisationId>("id"));
        }

        return kept = new Kept(ids, byHost, time.GetUtcNow().AddSeconds(KeptSeconds));
    }

    private sealed record Kept(
        HashSet<OrganisationId> Ids,
        Dictionary<string, OrganisationId> ByHost,
        DateTimeOffset Until
    );
}
