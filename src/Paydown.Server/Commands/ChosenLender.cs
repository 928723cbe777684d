using Npgsql;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Commands;

/// <summary>The organisation that a verb is about: the one that is named, or the only one there is.</summary>
internal static class ChosenLender
{
    /// <summary>Its settings, locked, so that of two verbs at once one waits for the other.</summary>
    /// <exception cref="OperatingException">There is none, none of this id, or several and none is named.</exception>
    public static async Task<OrganisationSettings> LockAsync(
        NpgsqlConnection session,
        Guid? id,
        CancellationToken cancellation
    )
    {
        var wanted = id ?? await OnlyAsync(session, cancellation);
        return await OrganisationStore.LockSettingsAsync(session, wanted, cancellation)
            ?? throw new OperatingException($"There is no organisation of the id {wanted}.");
    }

    private static async Task<Guid> OnlyAsync(NpgsqlConnection session, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select id from organisation limit 2", session);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation))
            throw new OperatingException("There is no organisation yet.");
        var id = reader.Id("id");
        return await reader.ReadAsync(cancellation)
            ? throw new OperatingException("There are several organisations: name one with --organisation.")
            : id;
    }
}
