using System.Buffers.Binary;
using Paydown.Lending.Identifiers;

namespace Paydown.Server.Commands;

/// <summary>
/// The ids of the generated portfolio. Each is computed from its customer's number, so a load generator knows it
/// without a query. Like the server's ids they are UUIDs of version 7 that grow with the number, so tables and indexes
/// fill as they do in production.
/// </summary>
public static class PortfolioIds
{
    // 2024-01-01T00:00:00Z, plus one millisecond per customer.
    private const long FirstMillisecond = 1_704_067_200_000;

    private enum Kind
    {
        Organisation,
        Officer,
        Customer,
        BankAccount,
        Account,
        Application,
    }

    /// <summary>The lender.</summary>
    public static OrganisationId Organisation { get; } = new(Of(Kind.Organisation, 0));

    /// <summary>An officer: 0 is the manager, the others are cashiers.</summary>
    public static UserId Officer(int number) => new(Of(Kind.Officer, number));

    /// <summary>A customer, counted from 0.</summary>
    public static CustomerId Customer(int number) => new(Of(Kind.Customer, number));

    /// <summary>The customer's one bank account.</summary>
    public static BankAccountId BankAccount(int number) => new(Of(Kind.BankAccount, number));

    /// <summary>The customer's one loan account.</summary>
    public static LoanId Account(int number) => new(Of(Kind.Account, number));

    /// <summary>The application of that loan.</summary>
    public static LoanApplicationId Application(int number) => new(Of(Kind.Application, number));

    private static Guid Of(Kind kind, int number)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, (FirstMillisecond + number) << 16 | 0x7000);
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], long.MinValue | (long)kind);
        return new Guid(bytes, bigEndian: true);
    }
}
