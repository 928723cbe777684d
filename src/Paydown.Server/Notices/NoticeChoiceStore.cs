using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Notices;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Notices;

/// <summary>The SQL of the optional notices that customers do not want.</summary>
public static class NoticeChoiceStore
{
    /// <summary>Returns the kinds that a customer has declined.</summary>
    public static async Task<IReadOnlyList<NoticeKind>> ListDeclinedAsync(
        NpgsqlConnection connection,
        CustomerId customerId,
        CancellationToken cancellation
    ) =>
        await Rows.ReadLastAsync(
            connection,
            [
                new("select kind from declined_notice where customer_id = $1 order by kind")
                {
                    Parameters = { Sql.Value(customerId) },
                },
            ],
            reader => reader.Word<NoticeKind>("kind"),
            cancellation
        );

    /// <summary>Adds the statements that replace what a customer has declined to a batch.</summary>
    public static void AddTo(NpgsqlBatch batch, CustomerId customerId, IReadOnlyList<NoticeKind> declined)
    {
        batch.BatchCommands.Add(
            new("delete from declined_notice where customer_id = $1") { Parameters = { Sql.Value(customerId) } }
        );
        batch.BatchCommands.Add(
            new("insert into declined_notice (customer_id, kind) select $1, unnest($2)")
            {
                Parameters = { Sql.Value(customerId), Sql.Value(declined.Select(Words.Write).ToArray()) },
            }
        );
    }
}
