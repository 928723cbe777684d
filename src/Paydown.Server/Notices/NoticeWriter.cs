using System.Globalization;
using System.Text.Json;
using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Server.Events;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Notices;
using Paydown.Server.Platform.Outbox;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Notices;

/// <summary>
/// Writes to customers what happened to their loans: it turns events of the outbox into notices. It runs in the
/// transaction that takes the events, so each event is reported once.
/// </summary>
public sealed class NoticeWriter(Ids ids)
{
    private const string FindRecipients = """
        select u.id, u.email, u.first_name, o.name, o.contact_email
        from app_user u join organisation o on o.id = u.organisation_id
        where u.organisation_id = $1 and u.id = any ($2)
        """;

    /// <summary>Writes the notices of events.</summary>
    /// <param name="connection">The connection of the transaction that has taken the events.</param>
    /// <param name="taken">The events.</param>
    /// <param name="now">The current instant.</param>
    /// <param name="cancellation">Cancels the statements.</param>
    public async Task WriteAsync(
        NpgsqlConnection connection,
        IReadOnlyList<TakenEvent> taken,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        foreach (var ofLender in taken.GroupBy(one => one.OrganisationId, one => one.Sequence))
        {
            var rules = await NoticeRuleStore.ListAsync(connection, ofLender.Key, cancellation);
            var byEvent = rules.Where(rule => rule.IsOn).ToDictionary(rule => NoticeTemplate.EventOf(rule.Kind));
            if (byEvent.Count > 0)
                await WriteAsync(connection, ofLender.Key, [.. ofLender], byEvent, now, cancellation);
        }
    }

    private async Task WriteAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        long[] sequences,
        Dictionary<EventType, NoticeRule> rules,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var all = await EventStore.GetAsync(connection, organisationId, sequences, cancellation);
        var reported = all.Where(one => rules.ContainsKey(one.Type)).ToList();
        if (reported.Count == 0)
            return;
        var recipients = await FindAsync(connection, organisationId, reported, cancellation);
        await using var batch = new NpgsqlBatch(connection);
        foreach (var one in reported)
        {
            if (!recipients.TryGetValue(one.CustomerId, out var recipient))
                continue;
            var filled = rules[one.Type].Template.Fill(ValuesOf(one, recipient));
            var notice = new Notice(
                ids.Next<NoticeId>(),
                organisationId,
                rules[one.Type].Kind,
                recipient.Email,
                filled.Subject,
                filled.Text,
                HasSecret: false
            );
            NoticeStore.AddTo(batch, notice, now);
        }

        if (batch.BatchCommands.Count > 0)
            await batch.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<Dictionary<CustomerId, Recipient>> FindAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        IEnumerable<PublishedEvent> reported,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(FindRecipients, connection)
        {
            Parameters =
            {
                Sql.Value(organisationId),
                Sql.Value(reported.Select(one => one.CustomerId).Distinct().ToList()),
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var recipients = new Dictionary<CustomerId, Recipient>();
        while (await reader.ReadAsync(cancellation))
        {
            recipients[reader.Id<CustomerId>("id")] = new Recipient(
                reader.Text("email"),
                reader.Text("first_name"),
                reader.Text("name"),
                reader.Text("contact_email")
            );
        }

        return recipients;
    }

    private static Dictionary<string, string> ValuesOf(PublishedEvent reported, Recipient recipient)
    {
        var payload = JsonSerializer.Deserialize<JsonElement>(reported.Payload);
        string Text(string field) => payload.TryGetProperty(field, out var value) ? value.ToString() : "";
        string Amount(string field) =>
            payload.TryGetProperty(field, out var value)
                ? AmountOf(value.GetDecimal(), Currency.Get(Text("currencyCode")))
                : "";

        var values = new Dictionary<string, string>
        {
            ["firstName"] = recipient.FirstName,
            ["lender"] = recipient.Lender,
            ["contactEmail"] = recipient.ContactEmail,
        };
        if (reported.Type == EventType.LoanDisbursed)
            (values["amount"], values["date"]) = (Amount("disbursedAmount"), Text("disbursementDate"));
        else
            (values["amount"], values["date"]) = (Amount("repaymentAmount"), Text("paymentDate"));
        values["balance"] = Amount("totalBalance");
        values["reason"] = Text("rejectionReason");
        return values;
    }

    // For people: "NGN 50,000.00".
    private static string AmountOf(decimal major, Currency currency) =>
        $"{currency.Code} {major.ToString("N" + currency.FractionDigits, CultureInfo.InvariantCulture)}";

    private sealed record Recipient(string Email, string FirstName, string Lender, string ContactEmail);
}
