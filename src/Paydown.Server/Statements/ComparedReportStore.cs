using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Repayments;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Statements;

/// <summary>Reads the reports that officers compare with a bank entry.</summary>
internal static class ComparedReportStore
{
    private const string Select = """
        select r.customer_id, r.id, r.account_id, u.first_name || ' ' || u.last_name as customer_name,
               coalesce(s.status, 'PENDING_VERIFICATION') as status, coalesce(s.amount, r.amount)::bigint as amount,
               coalesce(s.paid_on, r.paid_on) as paid_on, r.reference, b.account_number, r.narration, r.recorded_at
        from unnest($2) with ordinality w (id, number)
        join repayment r on r.id = w.id and r.organisation_id = $1
        join app_user u on u.id = r.customer_id
        left join repayment_standing s on s.customer_id = r.customer_id and s.repayment_id = r.id
        left join bank_account b on b.customer_id = r.customer_id and b.id = r.bank_account_id
        order by w.number
        """;

    /// <summary>Returns reports in this order.</summary>
    public static async Task<IReadOnlyList<ComparedReport>> ListAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        StatementEntryView entry,
        IReadOnlyCollection<RepaymentId> ids,
        CancellationToken cancellation
    )
    {
        if (ids.Count == 0)
            return [];
        await using var command = new NpgsqlCommand(Select, connection)
        {
            Parameters = { Sql.Value(organisationId), Sql.Value(ids) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var reports = new List<ComparedReport>(ids.Count);
        while (await reader.ReadAsync(cancellation))
            reports.Add(Read(reader, entry));
        return reports;
    }

    private static ComparedReport Read(NpgsqlDataReader reader, StatementEntryView entry)
    {
        var amount = reader.Money("amount", entry.Amount.Currency);
        var paidOn = reader.Date("paid_on");
        return new()
        {
            RepaymentId = reader.Id<RepaymentId>("id"),
            AccountId = reader.Id<LoanId>("account_id"),
            CustomerId = reader.Id<CustomerId>("customer_id"),
            CustomerName = reader.Text("customer_name"),
            VerificationStatus = reader.Word<RepaymentStatus>("status"),
            Amount = amount,
            AmountDifference = entry.Amount - amount,
            PaidOn = paidOn,
            DaysLater = entry.ValueOn.DayNumber - paidOn.DayNumber,
            Reference = reader.Text("reference"),
            BankAccountNumber = reader.TextOrNull("account_number"),
            Narration = reader.TextOrNull("narration"),
            RecordedAt = reader.Instant("recorded_at"),
        };
    }
}
