using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform;
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
        TextWriter output,
        CancellationToken cancellation
    )
    {
        await new Migrator(db, TimeProvider.System).RequireCurrentAsync(cancellation);
        if (name is null)
            return await ListAsync(db, output, cancellation);
        var host = OrganisationHosts.Normalize(name);
        if (host.Length > HostLengthMax || Uri.CheckHostName(host) != UriHostNameType.Dns)
            throw new OperatingException($"'{name}' is not a host name. Write it without scheme, port or path.");
        await using var transaction = await WriteTransaction.BeginAsync(
            db,
            cancellation,
            answerMax: Timeout.InfiniteTimeSpan
        );
        var done = isRemoved
            ? await RemoveAsync(transaction.Connection, host, cancellation)
            : await AddAsync(transaction.Connection, host, organisationId, cancellation);
        await transaction.CommitAsync();
        await output.WriteLineAsync(done.AsMemory(), cancellation);
        return 0;
    }

    private static async Task<int> ListAsync(NpgsqlDataSource db, TextWriter output, CancellationToken cancellation)
    {
        await using var command = db.CreateCommand(
            """
            select h.host, o.id, o.name from organisation_host h join organisation o on o.id = h.organisation_id
            order by h.host
            """
        );
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            await output.WriteLineAsync(
                $"{reader.Text("host")}  {reader.Id<OrganisationId>("id")}  {reader.Text("name")}"
            );
        return 0;
    }

    private static async Task<string> RemoveAsync(NpgsqlConnection session, string host, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("delete from organisation_host where host = $1", session);
        command.Parameters.Add(Sql.Value(host));
        if (await command.ExecuteNonQueryAsync(cancellation) == 0)
            throw new OperatingException($"There is no host name {host}.");
        return $"{host} is removed.";
    }

    private static async Task<string> AddAsync(
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
        return $"{host} belongs to {lender.Name} ({lender.Id}).";
    }
}
