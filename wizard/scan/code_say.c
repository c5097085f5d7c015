#include "scan/code.h"

static const char *register_name(unsigned index, unsigned bytes, wz_text *out)
{
    static const char *const names[] = { "ax", "cx", "dx", "bx", "sp", "bp", "si", "di" };

    if (index >= 8) {
        wz_text_add(out, "r");
        wz_text_add_number(out, index);
        return bytes == 2 ? "w" : bytes == 4 ? "d" : "";
    }
    if (bytes > 2)
        wz_text_add(out, bytes == 8 ? "r" : "e");
    return names[index & 7];
}

static void add_hex(wz_text *out, uint64_t number)
{
    wz_text digits = { 0 };

    wz_text_add_hex(&digits, number, 1);
    if (digits.at[0] > '9')
        wz_text_add(out, "0");                         /* a number, not a name */
    for (size_t i = 0; i < digits.length; i++)
        if (digits.at[i] >= 'a')
            digits.at[i] = (char)(digits.at[i] - 'a' + 'A');
    wz_text_append(out, digits.at, digits.length);
    wz_text_add(out, "h");
    wz_text_clear(&digits);
}

static void add_signed(wz_text *out, int64_t number, bool has_before)
{
    if (number < 0)
        wz_text_add(out, "-");
    else if (has_before)
        wz_text_add(out, "+");
    add_hex(out, number < 0 ? 0 - (uint64_t)number : (uint64_t)number);
}

static void add_memory(const wz_insn *insn, bool is_64, wz_text *out)
{
    unsigned mod = insn->modrm >> 6;
    unsigned base = insn->has_sib ? insn->sib & 7u : insn->modrm & 7u;
    unsigned scaled = (insn->sib >> 3) & 7u;
    unsigned bytes = is_64 ? 8 : 4;
    bool     has_before = false;

    wz_text_add(out, "[");
    if (insn->is_rip) {
        wz_text_add(out, "rip");
        has_before = true;
    } else if (!(mod == 0 && base == 5)) {
        wz_text_add(out, register_name(base | ((insn->rex & 1u) << 3), bytes, out));
        has_before = true;
    }
    if (insn->has_sib && (scaled != 4 || (insn->rex & 2) != 0)) {
        if (has_before)
            wz_text_add(out, "+");
        wz_text_add(out, register_name(scaled | ((insn->rex & 2u) << 2), bytes, out));
        wz_text_add(out, "*");
        wz_text_add_number(out, 1u << (insn->sib >> 6));
        has_before = true;
    }
    if (insn->disp_bytes != 0) {
        if (!has_before && !is_64)
            add_hex(out, (uint32_t)insn->disp);        /* an address */
        else
            add_signed(out, insn->disp, has_before);
    }
    wz_text_add(out, "]");
}

static void add_operand(const wz_insn *insn, bool is_64, bool with_size, wz_text *out)
{
    if (insn->modrm >= 0xC0) {
        wz_text_add(out, register_name((insn->modrm & 7u) | ((insn->rex & 1u) << 3), insn->operand_bytes, out));
        return;
    }
    if (with_size)
        wz_text_add(out, insn->operand_bytes == 2 ? "word " : insn->operand_bytes == 4 ? "dword " : "qword ");
    add_memory(insn, is_64, out);
}

void wz_insn_say(const wz_insn *insn, bool is_64, wz_text *out)
{
    static const char *const arithmetic[] = { "add ", "or ", "adc ", "sbb ", "and ", "sub ", "xor ", "cmp " };
    int      kind = wz_insn_arithmetic(insn);
    unsigned reg = ((insn->modrm >> 3) & 7u) | ((insn->rex & 4u) << 1);
    uint64_t imm = insn->operand_bytes == 2 ? (uint16_t)insn->imm : (uint32_t)insn->imm;

    if (kind >= 0) {
        wz_text_add(out, arithmetic[kind]);
        if (insn->has_modrm)
            add_operand(insn, is_64, true, out);
        else
            wz_text_add(out, register_name(0, insn->operand_bytes, out));
        wz_text_add(out, ", ");
        add_hex(out, imm);
    } else if (insn->map == WZ_MAP_ONE && (insn->opcode & 0xF8) == 0xB8) {
        wz_text_add(out, "mov ");
        wz_text_add(out, register_name((insn->opcode & 7u) | ((insn->rex & 1u) << 3), insn->operand_bytes, out));
        wz_text_add(out, ", ");
        add_hex(out, imm);
    } else if (insn->map == WZ_MAP_ONE && insn->opcode == 0xC7) {
        wz_text_add(out, "mov ");
        add_operand(insn, is_64, true, out);
        wz_text_add(out, ", ");
        add_hex(out, imm);
    } else if (insn->map == WZ_MAP_ONE && (insn->opcode == 0x8D || insn->opcode == 0x8B || insn->opcode == 0x63)) {
        wz_text_add(out, insn->opcode == 0x8D ? "lea " : insn->opcode == 0x8B ? "mov " : "movsxd ");
        wz_text_add(out, register_name(reg, insn->operand_bytes, out));
        wz_text_add(out, ", ");
        add_operand(insn, is_64, false, out);
    } else if (insn->map == WZ_MAP_ONE && insn->opcode == 0xFF && (insn->modrm & 0x38) == 0x20) {
        wz_text_add(out, "jmp ");
        add_operand(insn, is_64, false, out);
    } else if (insn->has_modrm && insn->modrm < 0xC0) {
        add_memory(insn, is_64, out);
    }
}
