using System.Text.Json;
using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Server.Events;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Notices;
using Paydown.Server.Platform.Outbox;

namespace Paydown.Server.Notices;

/// <summary>
/// Writes to customers what happened to their loans: it turns events of the outbox into notices. It runs in the
/// transaction that takes the events, so each event is reported once.
/// </summary>
public sealed class NoticeWriter(Ids ids)
{
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
            var byEvent = rules
                .Where(rule => rule.IsOn && NoticeTemplate.EventOf(rule.Kind) is not null)
                .ToDictionary(rule => NoticeTemplate.EventOf(rule.Kind)!.Value);
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
        var recipients = await NoticeRecipients.FindAsync(
            connection,
            organisationId,
            reported.Select(one => one.CustomerId),
            cancellation
        );
        await using var batch = new NpgsqlBatch(connection);
        foreach (var one in reported)
        {
            if (
                !recipients.TryGetValue(one.CustomerId, out var recipient)
                || recipient.Declined.Contains(rules[one.Type].Kind)
            )
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

    private static Dictionary<string, string> ValuesOf(PublishedEvent reported, NoticeRecipient recipient)
    {
        var payload = JsonSerializer.Deserialize<JsonElement>(reported.Payload);
        string Text(string field) => payload.TryGetProperty(field, out var value) ? value.ToString() : "";
        string Amount(string field) =>
            payload.TryGetProperty(field, out var value)
                ? NoticeTemplate.InWords(Money.FromMajor(value.GetDecimal(), Currency.Get(Text("currencyCode"))))
                : "";

        var values = recipient.ToValues();
        if (reported.Type == EventType.LoanDisbursed)
            (values["amount"], values["date"]) = (Amount("disbursedAmount"), Text("disbursementDate"));
        else
            (values["amount"], values["date"]) = (Amount("repaymentAmount"), Text("paymentDate"));
        values["balance"] = Amount("totalBalance");
        values["reason"] = Text("rejectionReason");
        return values;
    }
}
