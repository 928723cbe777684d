using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Platform.Identity;

/// <summary>The organisation that a request without a token is for.</summary>
/// <param name="Id">Null: the request names none, and the server does not have exactly one.</param>
/// <param name="Count">How many organisations the server has.</param>
public readonly record struct ChosenOrganisation(Guid? Id, int Count);

/// <summary>
/// Finds the organisation of a request without a token: by id, by the host name that it was sent to, or because there
/// is only one. Kept in memory for a few seconds.
/// </summary>
public sealed class OrganisationHosts(NpgsqlDataSource database, TimeProvider time)
{
    private const int KeptSeconds = 10;
    private volatile Kept kept = new([], [], DateTimeOffset.MinValue);

    /// <summary>Chooses; refused if the id is unknown, or is not that of the host name.</summary>
    /// <param name="named">The id that the request names; null: none.</param>
    /// <param name="host">The host name that the request was sent to, without a port.</param>
    /// <param name="cancellation">Stops it.</param>
    public async ValueTask<Result<ChosenOrganisation>> ChooseAsync(
        Guid? named,
        string host,
        CancellationToken cancellation
    )
    {
        var known = time.GetUtcNow() < kept.Until ? kept : await ReadAsync(cancellation);
        // Just added here or by another server.
        if (named is { } wanted && !known.Ids.Contains(wanted))
            known = await ReadAsync(cancellation);
        Guid? ofHost = known.ByHost.TryGetValue(Normalize(host), out var found) ? found : null;
        if (named is { } id)
        {
            if (!known.Ids.Contains(id))
                return Refusals.OrganisationUnknown();
            if (ofHost is not null && ofHost != id)
                return Refusals.OrganisationNotOfHost(Normalize(host));
        }

        var only = known.Ids.Count == 1 ? known.Ids.Single() : (Guid?)null;
        return new ChosenOrganisation(named ?? ofHost ?? only, known.Ids.Count);
    }

    /// <summary>A host name as it is stored: in lower case, without the final dot.</summary>
    public static string Normalize(string host) => host.ToLowerInvariant().TrimEnd('.');

    private async Task<Kept> ReadAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            "select o.id, h.host from organisation o left join organisation_host h on h.organisation_id = o.id"
        );
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var (ids, byHost) = (new HashSet<Guid>(), new Dictionary<string, Guid>(StringComparer.Ordinal));
        while (await reader.ReadAsync(cancellation))
        {
            ids.Add(reader.Id("id"));
            if (!reader.IsNull("host"))
                byHost.Add(reader.Text("host"), reader.Id("id"));
        }

        return kept = new Kept(ids, byHost, time.GetUtcNow().AddSeconds(KeptSeconds));
    }

    private sealed record Kept(HashSet<Guid> Ids, Dictionary<string, Guid> ByHost, DateTimeOffset Until);
}
