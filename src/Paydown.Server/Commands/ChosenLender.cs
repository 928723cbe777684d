using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Commands;

/// <summary>The organisation that a verb applies to: the named one, or the only one.</summary>
internal static class ChosenLender
{
    /// <summary>Returns its settings, locked, so two verbs run one after the other.</summary>
    /// <exception cref="OperatingException">
    /// There is no organisation, none with this id, or several and none is named.
    /// </exception>
    public static async Task<OrganisationSettings> LockAsync(
        NpgsqlConnection session,
        OrganisationId? id,
        CancellationToken cancellation
    )
    {
        var wanted = id ?? await OnlyAsync(session, cancellation);
        return await OrganisationStore.LockSettingsAsync(session, wanted, cancellation)
            ?? throw new OperatingException($"There is no organisation with the id {wanted}.");
    }

    private static async Task<OrganisationId> OnlyAsync(NpgsqlConnection session, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select id from organisation limit 2", session);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation))
            throw new OperatingException("There is no organisation yet.");
        var id = reader.Id<OrganisationId>("id");
        return await reader.ReadAsync(cancellation)
            ? throw new OperatingException("There are several organisations. Name one with --organisation.")
            : id;
    }
}
