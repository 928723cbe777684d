using System.Buffers.Binary;

namespace Paydown.Server.Commands;

/// <summary>
/// The ids of the generated portfolio, each computed from the number of its customer: a load generator knows them
/// without asking. They have the form of the server's own (UUID of version 7) and grow with the number, so that tables
/// and indexes fill as they do in life.
/// </summary>
public static class PortfolioIds
{
    // 2024-01-01T00:00:00Z: one millisecond a customer from there on.
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
    public static Guid Organisation { get; } = Of(Kind.Organisation, 0);

    /// <summary>An officer: 0 is the manager, the others are cashiers.</summary>
    public static Guid Officer(int number) => Of(Kind.Officer, number);

    /// <summary>A customer, counted from 0.</summary>
    public static Guid Customer(int number) => Of(Kind.Customer, number);

    /// <summary>The customer's one bank account.</summary>
    public static Guid BankAccount(int number) => Of(Kind.BankAccount, number);

    /// <summary>The customer's one loan account.</summary>
    public static Guid Account(int number) => Of(Kind.Account, number);

    /// <summary>The application of that loan.</summary>
    public static Guid Application(int number) => Of(Kind.Application, number);

    private static Guid Of(Kind kind, int number)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, (FirstMillisecond + number) << 16 | 0x7000);
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], long.MinValue | (long)kind);
        return new Guid(bytes, bigEndian: true);
    }
}
