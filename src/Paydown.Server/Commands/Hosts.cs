using Npgsql;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Commands;

/// <summary>
/// Adds, removes and lists the host names of organisations. It takes an operator: a lender that could name hosts itself
/// could take those of another.
/// </summary>
internal static class Hosts
{
    private const int HostLengthMax = 253;

    /// <summary>Adds or removes a name, or lists all of them.</summary>
    /// <param name="db">The database.</param>
    /// <param name="name">The host name; null: list them.</param>
    /// <param name="organisationId">Whose it is; null: of the only organisation.</param>
    /// <param name="isRemoved">Take it away.</param>
    /// <param name="output">Where it is told.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="OperatingException">The name is none, is another organisation's, or is not there.</exception>
    public static async Task<int> RunAsync(
        NpgsqlDataSource db,
        string? name,
        Guid? organisationId,
        bool isRemoved,
        TextWriter output,
        CancellationToken cancellation
    )
    {
        if (await new Migrator(db, TimeProvider.System).CheckAsync(cancellation) != SchemaState.Current)
            throw new OperatingException("The database does not have the schema of this program: run paydown migrate.");
        if (name is null)
            return await ListAsync(db, output, cancellation);
        var host = OrganisationHosts.Normalize(name);
        if (host.Length > HostLengthMax || Uri.CheckHostName(host) != UriHostNameType.Dns)
            throw new OperatingException($"'{name}' is not a host name: it has no scheme, port or path.");
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
            await output.WriteLineAsync($"{reader.Text("host")}  {reader.Id("id")}  {reader.Text("name")}");
        return 0;
    }

    private static async Task<string> RemoveAsync(NpgsqlConnection session, string host, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("delete from organisation_host where host = $1", session);
        command.Parameters.Add(new() { Value = host });
        if (await command.ExecuteNonQueryAsync(cancellation) == 0)
            throw new OperatingException($"No organisation has the host name {host}.");
        return $"{host} is no organisation's any more.";
    }

    private static async Task<string> AddAsync(
        NpgsqlConnection session,
        string host,
        Guid? organisationId,
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
            command.Parameters.Add(new() { Value = value });
        var owner = (Guid)(await command.ExecuteScalarAsync(cancellation))!;
        if (owner != lender.Id)
            throw new OperatingException($"{host} is the host name of the organisation {owner}; remove it first.");
        return $"{host} means {lender.Name} ({lender.Id}).";
    }
}
