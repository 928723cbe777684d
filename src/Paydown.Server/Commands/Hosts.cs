using System.Text.Json;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Commands;

/// <summary>
/// Adds, removes and lists the host names of organisations. Only an operator may do so: a lender that could add host
/// names could take those of another lender.
/// </summary>
internal static class Hosts
{
    private const int HostLengthMax = 253;

    /// <summary>Adds or removes a host name, or lists all of them.</summary>
    /// <param name="db">The database.</param>
    /// <param name="name">The host name; null to list them.</param>
    /// <param name="organisationId">The organisation; null for the only one.</param>
    /// <param name="isRemoved">True to remove the host name.</param>
    /// <param name="json">True to write one JSON document.</param>
    /// <param name="output">Receives the result.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="OperatingException">
    /// The text is not a host name, the name belongs to another organisation, or there is no such name to remove.
    /// </exception>
    public static async Task<int> RunAsync(
        NpgsqlDataSource db,
        string? name,
        OrganisationId? organisationId,
        bool isRemoved,
        bool json,
        TextWriter output,
        CancellationToken cancellation
    )
    {
        await new Migrator(db, TimeProvider.System).RequireCurrentAsync(cancellation);
        if (name is null)
            return await ListAsync(db, json, output, cancellation);
        var host = OrganisationHosts.Normalize(name);
        if (host.Length > HostLengthMax || Uri.CheckHostName(host) != UriHostNameType.Dns)
            throw new OperatingException($"'{name}' is not a host name. Write it without scheme, port or path.");
        await using var transaction = await WriteTransaction.BeginAsync(
            db,
            cancellation,
            answerMax: Timeout.InfiniteTimeSpan
        );
        var lender = isRemoved
            ? await RemoveAsync(transaction.Connection, host, cancellation)
            : await AddAsync(transaction.Connection, host, organisationId, cancellation);
        await transaction.CommitAsync();
        var done = isRemoved
            ? $"{host} is removed."
            : $"{host} belongs to {lender.OrganisationName} ({lender.OrganisationId}).";
        await output.WriteLineAsync(json ? JsonSerializer.Serialize(lender, Wire.Options) : done);
        return 0;
    }

    private static async Task<int> ListAsync(
        NpgsqlDataSource db,
        bool json,
        TextWriter output,
        CancellationToken cancellation
    )
    {
        await using var command = db.CreateCommand(
            """
            select h.host, o.id, o.name from organisation_host h join organisation o on o.id = h.organisation_id
            order by h.host
            """
        );
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var all = new List<HostOfLender>();
        while (await reader.ReadAsync(cancellation))
            all.Add(HostOfLender.Read(reader));
        if (json)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(all, Wire.Options));
            return 0;
        }

        foreach (var one in all)
            await output.WriteLineAsync($"{one.Host}  {one.OrganisationId}  {one.OrganisationName}");
        return 0;
    }

    private static async Task<HostOfLender> RemoveAsync(
        NpgsqlConnection session,
        string host,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            """
            delete from organisation_host h using organisation o where h.host = $1 and o.id = h.organisation_id
            returning h.host, o.id, o.name
            """,
            session
        )
        {
            Parameters = { Sql.Value(host) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? HostOfLender.Read(reader)
            : throw new OperatingException($"There is no host name {host}.");
    }

    private static async Task<HostOfLender> AddAsync(
        NpgsqlConnection session,
        string host,
        OrganisationId? organisationId,
        CancellationToken cancellation
    )
    {
        var lender = await ChosenLender.LockAsync(session, organisationId, cancellation);
        await using var command = new NpgsqlCommand(
            """
            insert into organisation_host as h (host, organisation_id, recorded_at) values ($1, $2, $3)
            on conflict (host) do update set host = h.host
            returning organisation_id
            """,
            session
        );
        object[] values = [host, lender.Id, TimeProvider.System.GetUtcNow()];
        foreach (var value in values)
            command.Parameters.Add(Sql.Value(value));
        var owner = await command.FindIdAsync<OrganisationId>(cancellation);
        if (owner != lender.Id)
            throw new OperatingException($"{host} belongs to the organisation {owner}. Remove it there first.");
        return new(host, lender.Id, lender.Name);
    }

    private sealed record HostOfLender(string Host, OrganisationId OrganisationId, string OrganisationName)
    {
        public static HostOfLender Read(NpgsqlDataReader reader) =>
            new(reader.Text("host"), reader.Id<OrganisationId>("id"), reader.Text("name"));
    }
}
