using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Usual;

/// <summary>The parts of Paydown's tables that the two calls need.</summary>
public sealed class LendingContext(DbContextOptions<LendingContext> options) : DbContext(options)
{
    public DbSet<User> Users => Set<User>();

    public DbSet<BankAccount> BankAccounts => Set<BankAccount>();

    public DbSet<LoanAccount> LoanAccounts => Set<LoanAccount>();

    public DbSet<Repayment> Repayments => Set<Repayment>();

    public DbSet<RepaymentStanding> RepaymentStandings => Set<RepaymentStanding>();

    public DbSet<IdempotencyRecord> IdempotencyRecords => Set<IdempotencyRecord>();

    public DbSet<OutboxRow> OutboxEvents => Set<OutboxRow>();

    public DbSet<LoanTermsRow> LoanTerms => Set<LoanTermsRow>();

    public DbSet<LoanEventRow> LoanEvents => Set<LoanEventRow>();

    public DbSet<UsualEntry> Entries => Set<UsualEntry>();

    public DbSet<UsualAccrual> Accruals => Set<UsualAccrual>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<User>().ToTable("app_user").HasKey(user => user.Id);
        modelBuilder
            .Entity<BankAccount>()
            .ToTable("bank_account")
            .HasKey(account => new { account.CustomerId, account.Id });
        modelBuilder.Entity<LoanAccount>().ToTable("loan_account").HasKey(loan => new { loan.CustomerId, loan.Id });
        modelBuilder
            .Entity<LoanTermsRow>()
            .ToTable("loan_terms")
            .HasKey(terms => new { terms.CustomerId, terms.AccountId });
        modelBuilder
            .Entity<LoanEventRow>()
            .ToTable("loan_event")
            .HasKey(one => new
            {
                one.CustomerId,
                one.AccountId,
                one.Sequence,
            });
        modelBuilder.Entity<UsualEntry>().ToTable("usual_entry").HasKey(entry => entry.Id);
        modelBuilder.Entity<UsualAccrual>().ToTable("usual_accrual").HasKey(accrual => accrual.AccountId);
        modelBuilder
            .Entity<Repayment>()
            .ToTable("repayment")
            .HasKey(repayment => new { repayment.CustomerId, repayment.Id });
        modelBuilder.Entity<RepaymentStanding>(entity =>
        {
            entity.ToTable("repayment_standing").HasKey(standing => new { standing.CustomerId, standing.RepaymentId });
            entity.Property(standing => standing.Lines).HasColumnType("json");
        });
        modelBuilder
            .Entity<IdempotencyRecord>()
            .ToTable("usual_key")
            .HasKey(record => new
            {
                record.CallerId,
                record.Route,
                record.Key,
            });
        modelBuilder
            .Entity<OutboxRow>()
            .ToTable("usual_event")
            .HasKey(loanEvent => new { loanEvent.Id, loanEvent.CustomerId });
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
                property.ValueGenerated = Microsoft.EntityFrameworkCore.Metadata.ValueGenerated.Never;
            }
        }
    }
}

public sealed class User
{
    public Guid Id { get; set; }

    public required string FirstName { get; set; }

    public required string LastName { get; set; }

    public required string Email { get; set; }
}

public sealed class BankAccount
{
    public Guid CustomerId { get; set; }

    public Guid Id { get; set; }
}

public sealed class LoanAccount
{
    public Guid CustomerId { get; set; }

    public Guid Id { get; set; }

    public Guid OrganisationId { get; set; }

    public Guid? LoanApplicationId { get; set; }

    public required string ProductName { get; set; }

    public required string AccountProductName { get; set; }

    public required string Reference { get; set; }

    public required string State { get; set; }

    public string? Collector { get; set; }

    public DateOnly? DisbursedOn { get; set; }

    public long PrincipalBalance { get; set; }

    public long InterestBalance { get; set; }

    public long FeesBalance { get; set; }

    public long PenaltyBalance { get; set; }

    public long PayoffBalance { get; set; }

    public long PendingTotal { get; set; }

    public DateOnly? NextDueOn { get; set; }

    public int InstallmentCount { get; set; }
}

public sealed class LoanTermsRow
{
    public Guid CustomerId { get; set; }

    public Guid AccountId { get; set; }

    public required string Terms { get; set; }
}

public sealed class LoanEventRow
{
    public Guid CustomerId { get; set; }

    public Guid AccountId { get; set; }

    public int Sequence { get; set; }

    public Guid Id { get; set; }

    public required string Kind { get; set; }

    public DateOnly ValueOn { get; set; }

    public long? Amount { get; set; }
}

public sealed class UsualEntry
{
    public Guid Id { get; set; }

    public Guid AccountId { get; set; }

    public DateOnly EffectiveOn { get; set; }

    public required string Kind { get; set; }

    public required string DebitAccount { get; set; }

    public required string CreditAccount { get; set; }

    public long Amount { get; set; }
}

public sealed class UsualAccrual
{
    public Guid AccountId { get; set; }

    public DateOnly AccruedOn { get; set; }

    public long Amount { get; set; }
}

public sealed class Repayment
{
    public Guid CustomerId { get; set; }

    public Guid Id { get; set; }

    public Guid OrganisationId { get; set; }

    public Guid AccountId { get; set; }

    public long Amount { get; set; }

    public required string Method { get; set; }

    public Guid? BankAccountId { get; set; }

    public required string Reference { get; set; }

    public bool ReferenceMatches { get; set; }

    public DateOnly PaidOn { get; set; }

    public string? Narration { get; set; }

    public Guid RecordedBy { get; set; }

    public DateTimeOffset RecordedAt { get; set; }
}

public sealed class RepaymentStanding
{
    public Guid CustomerId { get; set; }

    public Guid RepaymentId { get; set; }

    public required string Status { get; set; }

    public string? Reason { get; set; }

    public long? PrincipalBalance { get; set; }

    public long? TotalBalance { get; set; }

    public DateOnly? DueOn { get; set; }

    public string? Lines { get; set; }
}

public sealed class IdempotencyRecord
{
    public Guid CallerId { get; set; }

    public required string Route { get; set; }

    public required string Key { get; set; }

    public required byte[] RequestHash { get; set; }

    public short Status { get; set; }

    public required byte[] Body { get; set; }

    public DateTimeOffset RecordedAt { get; set; }
}

public sealed class OutboxRow
{
    public Guid CustomerId { get; set; }

    public Guid Id { get; set; }

    public Guid OrganisationId { get; set; }

    public Guid? AccountId { get; set; }

    public required string Type { get; set; }

    public required byte[] Payload { get; set; }

    public DateTimeOffset RecordedAt { get; set; }
}
